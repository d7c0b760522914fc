package dev.relay.listener;

import dev.relay.http.FileName;
import dev.relay.http.Headers;
import dev.relay.http.Secret;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who gets in: whoever knows the path, and the password if there is one, and means this host. */
final class Gate {
    private static final Headers CHALLENGE =
            new Headers(List.of(new Headers.Field("WWW-Authenticate", "Basic realm=\"relay\", charset=\"UTF-8\"")));
    private static final Headers ALLOWED = new Headers(List.of(new Headers.Field("Allow", "GET, HEAD")));

    private final byte[] path;
    private final byte @Nullable [] credentials;
    private final Set<String> hosts;

    /**
     * A gate for one path.
     *
     * @param path decoded
     * @param hosts the names that we go by, in lower case; addresses and localhost are taken in any case
     */
    Gate(String path, @Nullable Secret credentials, Set<String> hosts) {
        this.path = path.getBytes(StandardCharsets.UTF_8);
        this.credentials = credentials == null
                ? null
                : Base64.getEncoder().encode(credentials.reveal().getBytes(StandardCharsets.UTF_8));
        this.hosts = Set.copyOf(hosts);
    }

    /** Lets a request for a download through, or says with which status it is turned away. */
    void check(RequestHead request) throws RefusedException {
        know(request, false);
        authenticate(request);
        if (!request.method().equals("GET") && !request.isHead()) {
            throw new RefusedException(405, "GET and HEAD alone are answered", ALLOWED);
        }
        if (request.length() != 0) {
            throw new RefusedException(400, "a GET with a body");
        }
        turnRobotsAway(request);
    }

    /**
     * Lets any request through that knows the way.
     *
     * @param below whether it may name something below a path that ends with a slash, as clients do that upload a file
     */
    void admit(RequestHead request, boolean below) throws RefusedException {
        know(request, below);
        authenticate(request);
        turnRobotsAway(request);
    }

    /** The same for a request that changes nothing and tells nothing, before the one that brings the password. */
    void admitUnasked(RequestHead request) throws RefusedException {
        know(request, true);
    }

    /** The answer is the same for any wrong path. */
    private void know(RequestHead request, boolean below) throws RefusedException {
        if (request.authority() != null && !isOurs(request.authority())) {
            // A page of somebody else whose name was made to lead here (DNS rebinding) has that name in Host.
            throw new RefusedException(421, "this host does not go by that name");
        }
        byte[] asked = FileName.decoded(request.path());
        boolean within = below && path.length < asked.length && path[path.length - 1] == '/';
        if (!MessageDigest.isEqual(path, within ? Arrays.copyOf(asked, path.length) : asked)) {
            throw new RefusedException(404, "not found");
        }
    }

    private void authenticate(RequestHead request) throws RefusedException {
        if (credentials != null && !MessageDigest.isEqual(credentials, given(request.headers()))) {
            throw new RefusedException(401, "a name and a password are needed", CHALLENGE);
        }
    }

    private static void turnRobotsAway(RequestHead request) throws RefusedException {
        if (Visitor.isPrefetch(request.headers())) {
            throw new RefusedException(503, "this is handed over once, to somebody who wants it");
        }
        if (Visitor.isRobot(request.headers())) {
            throw new RefusedException(403, "this is handed over once, to a person");
        }
    }

    private boolean isOurs(String authority) {
        String host = host(authority).toLowerCase(Locale.ROOT);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost") || name.endsWith(".localhost") || isAddress(name) || hosts.contains(name);
    }

    private static String host(String authority) {
        int bracket = authority.indexOf(']');
        int colon = authority.indexOf(':', Math.max(0, bracket));
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** Whose browser was led to an address was led there by that address, and not by a name. */
    private static boolean isAddress(String host) {
        boolean six = host.startsWith("[") && host.endsWith("]");
        try {
            InetAddress _ = InetAddress.ofLiteral(six ? host.substring(1, host.length() - 1) : host);
            return six || host.indexOf(':') < 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static byte[] given(Headers headers) {
        String field = headers.only("Authorization").orElse("");
        boolean basic = field.regionMatches(true, 0, "Basic ", 0, 6);
        return basic ? field.substring(6).strip().getBytes(StandardCharsets.ISO_8859_1) : new byte[0];
    }
}
