/** The measurements of {@code make bench}, and the upstream that the build trains the AOT cache with. */
@NullMarked
package dev.relay.bench;

import org.jspecify.annotations.NullMarked;
