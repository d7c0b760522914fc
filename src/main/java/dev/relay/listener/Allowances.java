package dev.relay.listener;

import java.time.Duration;

/**
 * How much time clients are given.
 *
 * @param head for a request to come, TLS handshake included
 * @param still to take nothing at all, or to send nothing of a body; a client that is slow, and moves, has all the time
 *     there is
 * @param closing to close the connection once it has everything
 */
public record Allowances(Duration head, Duration still, Duration closing) {
    /** Ten seconds, two minutes, one minute. */
    public static final Allowances USUAL =
            new Allowances(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(1));
}
