package dev.relay.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket is told.
 *
 * @param binary whether messages are pieces of bytes, rather than lines of text
 * @param subprotocols those that the server may choose from, the best first (RFC 6455 §1.9)
 * @param ping how often a ping is sent; null for never
 * @param linger how long the server must have been silent, once standard input has ended, before it is told so; null for
 *     never telling it
 */
public record Messages(
        boolean binary,
        List<String> subprotocols,
        @Nullable Duration ping,
        @Nullable Duration linger) {
    public Messages {
        subprotocols = List.copyOf(subprotocols);
    }
}
