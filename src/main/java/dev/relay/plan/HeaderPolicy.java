package dev.relay.plan;

import dev.relay.http.Headers;
import java.util.Set;

/**
 * Which header fields cross between client and upstream; those of one connection never do.
 *
 * @param kind what holds for a field that is not named
 * @param pass fields that cross in any case, in lower case
 * @param drop fields that never do, in lower case
 * @param add fields that the client gets, replacing others of their name
 */
public record HeaderPolicy(Kind kind, Set<String> pass, Set<String> drop, Headers add) {
    /** How much crosses. */
    public enum Kind {
        /** All but what would mean something else at another origin. */
        SAFE,
        /** All. */
        ALL,
        /** Only what is about the bytes. */
        NONE
    }

    public HeaderPolicy {
        pass = Set.copyOf(pass);
        drop = Set.copyOf(drop);
    }
}
