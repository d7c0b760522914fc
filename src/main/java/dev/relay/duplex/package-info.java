/** Exchanges whose two directions move at once: HTTP/1.1 and HTTP/2 behind one interface, and what moves the bytes. */
@NullMarked
package dev.relay.duplex;

import org.jspecify.annotations.NullMarked;
