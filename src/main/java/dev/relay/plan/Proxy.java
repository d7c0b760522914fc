package dev.relay.plan;

import dev.relay.http.Url;
import dev.relay.http.auth.Login;
import org.jspecify.annotations.Nullable;

/**
 * A server that connects in our place.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param login null for none
 */
public record Proxy(
        Kind kind, String host, int port, @Nullable Login login) {
    /** The port of a proxy that names none, as in curl; that of an https proxy is the usual one of TLS. */
    public static final int DEFAULT_PORT = 1080;

    /** What is spoken with it. */
    public enum Kind {
        HTTP("http"),
        /** HTTP over TLS. */
        HTTPS("https"),
        SOCKS4("socks4"),
        /** SOCKS 4 with names that the proxy looks up. */
        SOCKS4A("socks4a"),
        /** RFC 1928. */
        SOCKS5("socks5"),
        /** RFC 1928, with names that the proxy looks up. */
        SOCKS5H("socks5h");

        private final String scheme;

        Kind(String scheme) {
            this.scheme = scheme;
        }

        /** What stands before the slashes. */
        public String scheme() {
            return scheme;
        }

        public boolean isSocks() {
            return this != HTTP && this != HTTPS;
        }

        /** Whether names of servers are looked up here, before the proxy hears of them. */
        public boolean wantsAddresses() {
            return this == SOCKS4 || this == SOCKS5;
        }
    }

    /** The way to the proxy itself. */
    public Url url() {
        return new Url(kind == Kind.HTTPS ? "https" : "http", host, port, "/", null);
    }

    public Proxy with(Login other) {
        return new Proxy(kind, host, port, other);
    }

    /** Without the login: what may be shown. */
    @Override
    public String toString() {
        return kind.scheme() + "://" + host + ":" + port;
    }
}
