package dev.relay.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The header fields that are about one connection and not about what it carries (RFC 9110 §7.6.1). */
public final class HopByHop {
    /** Those that are so whether Connection names them or not, in lower case. */
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info");

    private HopByHop() {}

    /** The end-to-end fields: without those, and without what Connection names. */
    public static Headers without(Headers headers) {
        Set<String> dropped = new HashSet<>(ALWAYS);
        for (String value : headers.all("Connection")) {
            for (String name : List.of(value.split(",", -1))) {
                dropped.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return headers.keeping(field -> !dropped.contains(field.name().toLowerCase(Locale.ROOT)));
    }
}
