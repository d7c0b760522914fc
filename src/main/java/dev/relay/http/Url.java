package dev.relay.http;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL (RFC 3986), or one of a WebSocket (RFC 6455 §3), normalised: lower-case scheme and host, the port always known, dot segments
 * removed, what a URI may not hold percent-encoded, no fragment. Its credentials are kept apart and never printed.
 *
 * @param scheme {@code http}, {@code https}, {@code ws} or {@code wss}
 * @param host a name in ASCII, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65535
 * @param target the path and query, as a request line has it; never empty
 * @param userInfo {@code user:password}, percent-decoded, when the URL carried it
 */
public record Url(
        String scheme,
        String host,
        int port,
        String target,
        @Nullable Secret userInfo) {

    /** Reads what a user typed: a missing scheme is guessed, credentials may stand before the host. */
    public static Url parse(String text) throws FaultException {
        return new UrlParser(text, false).parse();
    }

    /** The same, where a WebSocket can be spoken to too ({@code ws}, {@code wss}: RFC 6455 §3). */
    public static Url parseForMessages(String text) throws FaultException {
        return new UrlParser(text, true).parse();
    }

    /** Resolves a Location against this URL (RFC 3986 §5.2), leniently where browsers and curl are lenient. */
    public Url resolve(String location) throws FaultException {
        return new UrlParser(location, isWebSocket()).resolveAgainst(this);
    }

    public boolean isSecure() {
        return scheme.equals("https") || scheme.equals("wss");
    }

    /** Whether messages are spoken there, rather than requests and responses. */
    public boolean isWebSocket() {
        return scheme.startsWith("ws");
    }

    public boolean hasDefaultPort() {
        return port == defaultPort(scheme);
    }

    public static int defaultPort(String scheme) {
        return scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
    }

    /** The same origin (RFC 6454): scheme, host and port alike. */
    public boolean sameOrigin(Url other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /** The origin as a text (RFC 6454 §6.2): {@code https://host:port}. */
    public String origin() {
        return scheme + "://" + host + ":" + port;
    }

    /** {@code host} or {@code host:port}, as a Host header field has it. */
    public String authority() {
        return hasDefaultPort() ? host : host + ":" + port;
    }

    /** The host without the brackets of an IPv6 literal. */
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The path alone, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The query without its question mark. */
    public Optional<String> query() {
        int query = target.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1));
    }

    public Url withTarget(String changed) {
        return new Url(scheme, host, port, changed, userInfo);
    }

    public Url withPort(int changed) {
        return new Url(scheme, host, changed, target, userInfo);
    }

    /** The name as certificates have it, without the dot that marks it as absolute. */
    public Url withoutFinalDot() {
        return host.endsWith(".")
                ? new Url(scheme, host.substring(0, host.length() - 1), port, target, userInfo)
                : this;
    }

    public Url withoutUserInfo() {
        return new Url(scheme, host, port, target, null);
    }

    /** As an absolute URI without credentials. */
    public URI uri() throws FaultException {
        try {
            return new URI(toString());
        } catch (URISyntaxException e) {
            throw Fault.of(ExitCode.MALFORMED_URL, toString(), e.getReason()).exception(e);
        }
    }

    /** The URL without its credentials: what may be shown. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + target;
    }
}
