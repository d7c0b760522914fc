package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.http.HopByHop;
import dev.relay.plan.HeaderPolicy;
import java.util.Locale;
import java.util.Set;

/** The header fields that cross between client and upstream, in either direction. */
final class Passing {
    private static final Set<String> CONDITIONS =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range");
    /** What else of a request says nothing of who asks. */
    private static final Set<String> SAFE_REQUEST = Set.of("accept", "accept-language");
    /** What a request is made of anew. */
    private static final Set<String> OWN_REQUEST = Set.of("host", "content-length", "expect");
    /** What a response is framed with anew. */
    private static final Set<String> OWN_RESPONSE = Set.of("content-length");
    /** What is said of the bytes. */
    private static final Set<String> ABOUT_BYTES = Set.of(
            "accept-ranges",
            "age",
            "cache-control",
            "date",
            "etag",
            "expires",
            "last-modified",
            "location",
            "repr-digest",
            "retry-after",
            "vary");
    /** What would mean something else at our origin, or tells of another. */
    private static final Set<String> OF_AN_ORIGIN = Set.of(
            "accept-ch",
            "alt-svc",
            "authentication-info",
            "clear-site-data",
            "critical-ch",
            "expect-ct",
            "nel",
            "origin-agent-cluster",
            "public-key-pins",
            "public-key-pins-report-only",
            "refresh",
            "report-to",
            "reporting-endpoints",
            "server",
            "service-worker-allowed",
            "set-cookie",
            "set-cookie2",
            "set-login",
            "speculation-rules",
            "strict-transport-security",
            "timing-allow-origin",
            "via",
            "www-authenticate",
            "x-powered-by");

    private final HeaderPolicy policy;
    private final boolean ownCredentials;

    /** @param ownCredentials whether the client's Authorization is meant for us */
    Passing(HeaderPolicy policy, boolean ownCredentials) {
        this.policy = policy;
        this.ownCredentials = ownCredentials;
    }

    /** What of a client's fields goes upstream. */
    Headers request(Headers from) {
        return HopByHop.without(from).keeping(field -> {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (OWN_REQUEST.contains(name) || (ownCredentials && name.equals("authorization"))) {
                return false;
            }
            return decided(
                    name,
                    switch (policy.kind()) {
                        case ALL -> true;
                        case SAFE -> CONDITIONS.contains(name) || SAFE_REQUEST.contains(name) || isOfABody(name);
                        case NONE -> CONDITIONS.contains(name) || isOfABody(name);
                    });
        });
    }

    /** Whether it says what a request's body is; with a GET nobody says that. */
    private static boolean isOfABody(String name) {
        return name.startsWith("content-");
    }

    /** What of an upstream's fields comes back. */
    Headers response(Headers from) {
        return HopByHop.without(from).keeping(field -> {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (OWN_RESPONSE.contains(name)) {
                return false;
            }
            return decided(
                    name,
                    switch (policy.kind()) {
                        case ALL -> true;
                        case SAFE -> !OF_AN_ORIGIN.contains(name) && !name.startsWith("access-control-");
                        case NONE ->
                            (name.startsWith("content-") && !name.startsWith("content-security-"))
                                    || ABOUT_BYTES.contains(name);
                    });
        });
    }

    private boolean decided(String name, boolean otherwise) {
        return !policy.drop().contains(name) && (policy.pass().contains(name) || otherwise);
    }
}
