package dev.relay.plan;

import dev.relay.http.Headers;
import dev.relay.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy is asked for which URL, and how.
 *
 * @param clear the proxy for http URLs; null for none
 * @param secure the proxy for https URLs; null for none
 * @param bypass the hosts that are connected to directly all the same
 * @param tunnel whether an HTTP proxy makes a connection for http URLs too, rather than forwarding each request
 * @param scheme how the login is shown to it
 * @param headers fields for the proxy, User-Agent included, which no server sees
 * @param trust what TLS asks of an https proxy
 */
public record Proxying(
        @Nullable Proxy clear,
        @Nullable Proxy secure,
        Bypass bypass,
        boolean tunnel,
        Scheme scheme,
        Headers headers,
        Trust trust) {
    public static final Proxying NONE =
            new Proxying(null, null, Bypass.NOTHING, false, Scheme.BASIC, Headers.NONE, Trust.SYSTEM);

    /** How a login is shown. */
    public enum Scheme {
        /** Basic (RFC 7617), with the first request. */
        BASIC,
        /** Digest (RFC 7616), when the proxy has asked for it. */
        DIGEST,
        /** What the proxy asks for, the safer first. */
        ANY
    }

    /** The proxy for that URL; null for none. */
    public @Nullable Proxy of(Url url) {
        Proxy proxy = url.isSecure() ? secure : clear;
        return proxy == null || bypass.covers(url.bareHost()) ? null : proxy;
    }
}
