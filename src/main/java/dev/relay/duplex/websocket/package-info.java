/** WebSocket (RFC 6455): the handshake, the frames in both directions, and the words of farewell. */
@NullMarked
package dev.relay.duplex.websocket;

import org.jspecify.annotations.NullMarked;
