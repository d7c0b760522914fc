package dev.relay.http;

import dev.relay.outcome.FaultException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads URLs as curl and browsers do where that is safe: encodes what should have been encoded, guesses a missing
 * scheme; refuses what two readers could take for different hosts.
 */
final class UrlParser {
    private final String text;
    private final boolean webSockets;

    /** @param webSockets whether the schemes of WebSockets will do too */
    UrlParser(String text, boolean webSockets) {
        this.text = text;
        this.webSockets = webSockets;
    }

    /** Reads what a user typed. */
    Url parse() throws FaultException {
        try {
            refuseSpacesAndControls();
            return typed(withoutFragment(text));
        } catch (UnreadableUrlException e) {
            throw e.fault(ShownUrl.of(text), "").exception(e);
        }
    }

    /** Reads a Location, in which the transport made every byte a character (RFC 9110 §5.5). */
    Url resolveAgainst(Url base) throws FaultException {
        String location = text.strip();
        try {
            refuseControls(location);
            return resolved(base, withoutFragment(location));
        } catch (UnreadableUrlException e) {
            throw e.fault(base.toString(), "its Location is " + ShownUrl.of(location) + ": ")
                    .exception(e);
        }
    }

    private Url typed(String rest) throws UnreadableUrlException {
        int colon = schemeEnd(rest);
        int start = startOfAuthority(rest);
        if (colon > 0 && start > colon) {
            return absolute(supported(rest.substring(0, colon)), rest.substring(start), Percent.Origin.TYPED);
        }
        if (colon > 0) {
            refuseSchemeWithoutSlashes(rest.substring(0, colon));
        }
        String unschemed = rest.substring(start);
        int end = endOfAuthority(unschemed, 0);
        if (end > 0 && unschemed.charAt(end - 1) == ':' && unschemed.startsWith("//", end)) {
            throw UnreadableUrlException.malformed("what stands before :// is no scheme");
        }
        return absolute(null, unschemed, Percent.Origin.TYPED);
    }

    /** RFC 3986 §5.2.2. */
    private Url resolved(Url base, String reference) throws UnreadableUrlException {
        int colon = schemeEnd(reference);
        int start = startOfAuthority(reference);
        if (colon > 0) {
            String scheme = supported(reference.substring(0, colon));
            if (start < colon) {
                throw UnreadableUrlException.malformed("no // follows its scheme");
            }
            return absolute(scheme, reference.substring(start), Percent.Origin.HEADER);
        }
        if (start > 0) {
            return absolute(base.scheme(), reference.substring(start), Percent.Origin.HEADER);
        }
        if (reference.isEmpty()) {
            return base;
        }
        return switch (reference.charAt(0)) {
            case '?' -> base.withTarget(base.path() + Target.of(reference, Percent.Origin.HEADER));
            case '/' -> base.withTarget(Target.of(reference, Percent.Origin.HEADER));
            default -> {
                String directory = base.path().substring(0, base.path().lastIndexOf('/') + 1);
                yield base.withTarget(Target.of(directory + reference, Percent.Origin.HEADER));
            }
        };
    }

    /** @param rest what follows the two slashes */
    private static Url absolute(@Nullable String scheme, String rest, Percent.Origin origin)
            throws UnreadableUrlException {
        int end = endOfAuthority(rest, 0);
        var authority = Authority.of(rest.substring(0, end), origin);
        String known = scheme != null ? scheme : Host.isLoopback(authority.host()) ? "http" : "https";
        int port = authority.port() == Authority.NO_PORT ? Url.defaultPort(known) : authority.port();
        String target = Target.of(rest.substring(end), origin);
        return new Url(
                known, authority.host(), port, target.startsWith("/") ? target : "/" + target, authority.userInfo());
    }

    private String supported(String scheme) throws UnreadableUrlException {
        String lower = scheme.toLowerCase(Locale.ROOT);
        boolean webSocket = lower.equals("ws") || lower.equals("wss");
        if (!lower.equals("http") && !lower.equals("https") && !(webSocket && webSockets)) {
            throw webSocket ? UnreadableUrlException.webSocket() : UnreadableUrlException.unsupported(webSockets);
        }
        return lower;
    }

    /** {@code host:8080} has no scheme; these names before a colon are never meant as a host. */
    private void refuseSchemeWithoutSlashes(String name) throws UnreadableUrlException {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "http", "https" -> throw UnreadableUrlException.malformed("no // follows its scheme");
            case "file", "data", "mailto", "javascript", "about", "blob", "urn" ->
                throw UnreadableUrlException.unsupported(webSockets);
            default -> {}
        }
    }

    private void refuseSpacesAndControls() throws UnreadableUrlException {
        if (text.isEmpty()) {
            throw UnreadableUrlException.malformed("it is empty");
        }
        refuseControls(text);
        if (text.indexOf(' ') >= 0) {
            throw UnreadableUrlException.malformed("there is a space in it", "a space is written %20");
        }
    }

    private static void refuseControls(String url) throws UnreadableUrlException {
        for (int at = 0; at < url.length(); at++) {
            char c = url.charAt(at);
            if (c == '\n' || c == '\r') {
                throw UnreadableUrlException.malformed("there is a line break in it", "a line break is written %0A");
            }
            // From 0x80 a character of a Location is a byte of something longer, and is encoded.
            if (c < ' ' || c == 0x7F) {
                throw UnreadableUrlException.malformed("there is a control character in it", "encode it as %XX");
            }
        }
    }

    private static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }

    /** The index of the colon that ends a scheme (RFC 3986 §3.1), -1 when none does. */
    private static int schemeEnd(String url) {
        if (url.isEmpty() || !Percent.isLetter(url.charAt(0))) {
            return -1;
        }
        int at = 1;
        while (at < url.length() && (Percent.isLetterOrDigit(url.charAt(at)) || "+-.".indexOf(url.charAt(at)) >= 0)) {
            at++;
        }
        return at < url.length() && url.charAt(at) == ':' ? at : -1;
    }

    /** The index after the two slashes, 0 when nothing has them. */
    static int startOfAuthority(String url) {
        int from = schemeEnd(url) + 1;
        return url.startsWith("//", from) ? from + 2 : 0;
    }

    static int endOfAuthority(String url, int start) {
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
