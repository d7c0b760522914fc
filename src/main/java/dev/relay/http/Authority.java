package dev.relay.http;

import org.jspecify.annotations.Nullable;

/**
 * The authority of a URL (RFC 3986 §3.2), taken apart.
 *
 * @param port 1 to 65535, or {@link #NO_PORT}
 */
record Authority(@Nullable Secret userInfo, String host, int port) {
    static final int NO_PORT = -1;

    static Authority of(String text, Percent.Origin origin) throws UnreadableUrlException {
        if (text.indexOf('\\') >= 0) {
            // Browsers end the host here, curl does not: whose host it is must not depend on the reader.
            throw UnreadableUrlException.malformed("there is a backslash before its path");
        }
        int at = text.lastIndexOf('@');
        Secret userInfo = at <= 0 ? null : userInfo(text.substring(0, at));
        String rest = text.substring(at + 1);
        int hostEnd = hostEnd(rest);
        return new Authority(userInfo, Host.of(rest.substring(0, hostEnd), origin), port(rest.substring(hostEnd)));
    }

    private static Secret userInfo(String text) throws UnreadableUrlException {
        String decoded = Percent.decode(text);
        for (int at = 0; at < decoded.length(); at++) {
            if (Character.isISOControl(decoded.charAt(at))) {
                throw UnreadableUrlException.malformed("there is a control character in its credentials");
            }
        }
        return new Secret(text.indexOf(':') < 0 ? decoded + ":" : decoded);
    }

    private static int hostEnd(String text) throws UnreadableUrlException {
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            if (bracket < 0) {
                throw UnreadableUrlException.malformed("the bracket of its host is not closed");
            }
            return bracket + 1;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return text.length();
        }
        if (text.indexOf(':', colon + 1) >= 0) {
            throw UnreadableUrlException.malformed(
                    "there is more than one colon before its path", "an IPv6 address stands in brackets: [::1]");
        }
        return colon;
    }

    /** @param text nothing, a colon, or a colon and a number */
    private static int port(String text) throws UnreadableUrlException {
        if (text.isEmpty() || text.equals(":")) {
            return NO_PORT;
        }
        int port = 0;
        for (int at = 1; at < text.length() && port <= 0xFFFF; at++) {
            int digit = text.charAt(at) - '0';
            port = digit >= 0 && digit <= 9 ? port * 10 + digit : 0x10000;
        }
        if (text.charAt(0) != ':' || port < 1 || port > 0xFFFF) {
            throw UnreadableUrlException.malformed("its port is no number from 1 to 65535");
        }
        return port;
    }
}
