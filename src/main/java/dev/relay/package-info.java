/** relay: moves the bytes of an HTTP exchange to where they are wanted. */
@NullMarked
package dev.relay;

import org.jspecify.annotations.NullMarked;
