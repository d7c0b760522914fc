package dev.relay.plan;

import java.util.Set;

/**
 * How redirects are followed (RFC 9110 §15.4).
 *
 * @param follow whether they are followed at all
 * @param max how many in a row, -1 for any number
 * @param trusted whether credentials may cross to another origin
 * @param schemes the schemes that a redirect may lead to; https leads to http only when {@code downgrade} says so
 * @param downgrade whether https may lead to http
 */
public record Redirects(boolean follow, int max, boolean trusted, Set<String> schemes, boolean downgrade) {
    public Redirects {
        schemes = Set.copyOf(schemes);
    }
}
