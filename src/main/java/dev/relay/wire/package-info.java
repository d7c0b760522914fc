/** Connections as bytes both ways, and HTTP/1.1 messages on them (RFC 9112): what every transport of relay's own shares. */
@NullMarked
package dev.relay.wire;

import org.jspecify.annotations.NullMarked;
