/** Where bytes end up: standard output, files, devices. */
@NullMarked
package dev.relay.sink;

import org.jspecify.annotations.NullMarked;
