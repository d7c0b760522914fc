/** Bodies of requests, read as they are sent. */
@NullMarked
package dev.relay.io.body;

import org.jspecify.annotations.NullMarked;
