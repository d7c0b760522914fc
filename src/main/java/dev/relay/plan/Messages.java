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
 */
public record Messages(
        boolean binary, List<String> subprotocols, @Nullable Duration ping) {
    public Messages {
        subprotocols = List.copyOf(subprotocols);
    }
}
