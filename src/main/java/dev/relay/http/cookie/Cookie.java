package dev.relay.http.cookie;

import dev.relay.http.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as it is kept (RFC 6265 §5.3).
 *
 * @param domain in lower case, without a leading dot
 * @param hostOnly whether it goes to that host alone, not to those below it
 * @param path begins with a slash
 * @param secure whether it goes over TLS alone
 * @param expiry null for the end of the session
 */
public record Cookie(
        String name,
        Secret value,
        String domain,
        boolean hostOnly,
        String path,
        boolean secure,
        boolean httpOnly,
        @Nullable Instant expiry) {

    boolean isExpired(Instant now) {
        return expiry != null && !expiry.isAfter(now);
    }

    /** Whether the one takes the place of the other. */
    boolean replaces(Cookie other) {
        return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    /** Whether a host is the cookie's, or one below it (RFC 6265 §5.1.3). */
    static boolean domainMatches(String host, String domain) {
        return host.equals(domain) || (host.endsWith("." + domain) && !isAddress(host));
    }

    /** Whether a path is the cookie's, or one below it (RFC 6265 §5.1.4). */
    static boolean pathMatches(String path, String of) {
        return path.startsWith(of)
                && (path.length() == of.length() || of.endsWith("/") || path.charAt(of.length()) == '/');
    }

    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
