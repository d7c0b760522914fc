package dev.relay.http.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answers to one Digest challenge (RFC 7616 §3.4): each request after it says the nonce again, with a count, so that
 * the server need not ask each time. Any number of threads may ask.
 */
public final class DigestSession {
    private final DigestChallenge challenge;
    private final Login login;
    private final String cnonce;
    private final String key;
    private String nonce;
    private int count;
    private boolean accepted;

    /** @param cnonce what nobody can guess, and has been used in no other session */
    public DigestSession(DigestChallenge challenge, Login login, String cnonce) {
        this.challenge = challenge;
        this.login = login;
        this.cnonce = cnonce;
        this.nonce = challenge.nonce();
        HashFunction hash = challenge.function();
        String plain = hash.of(login.user(), challenge.realm(), login.password().reveal());
        this.key = challenge.session() ? hash.of(plain, nonce, cnonce) : plain;
    }

    /**
     * The value of an Authorization or Proxy-Authorization field.
     *
     * @param target as the request line has it; {@code host:port} for CONNECT
     */
    public synchronized String authorization(String method, String target) {
        HashFunction hash = challenge.function();
        String of = hash.of(method, target);
        var value = new StringBuilder("Digest ");
        user(value);
        quoted(value.append(", "), "realm", challenge.realm());
        quoted(value.append(", "), "nonce", nonce);
        quoted(value.append(", "), "uri", target);
        if (challenge.algorithm() != null) {
            value.append(", algorithm=").append(challenge.algorithm());
        }
        if (challenge.qop()) {
            String nc = String.format(Locale.ROOT, "%08x", ++count);
            value.append(", qop=auth, nc=").append(nc);
            quoted(value.append(", "), "cnonce", cnonce);
            quoted(value.append(", "), "response", hash.of(key, nonce, nc, cnonce, "auth", of));
        } else {
            if (challenge.session()) {
                quoted(value.append(", "), "cnonce", cnonce);
            }
            quoted(value.append(", "), "response", hash.of(key, nonce, of));
        }
        if (challenge.opaque() != null) {
            quoted(value.append(", "), "opaque", challenge.opaque());
        }
        return value.toString();
    }

    /** Whether what was said, in such a field, is the newest that this session has to say. */
    public synchronized boolean isLatest(String said) {
        return said.contains("nonce=\"" + escaped(nonce) + '"');
    }

    /** The server took an answer: a password that it refuses later was not wrong, its nonce is too old. */
    public synchronized void accepted() {
        accepted = true;
    }

    /** Whether the server ever took an answer. */
    public synchronized boolean wasAccepted() {
        return accepted;
    }

    /** Takes the nonce that the server wants next, when its Authentication-Info names one (RFC 7616 §3.5). */
    public synchronized void heard(List<String> authenticationInfo) {
        for (String line : authenticationInfo) {
            String next = nextNonce(line);
            if (next != null && !next.equals(nonce)) {
                nonce = next;
                count = 0;
            }
        }
    }

    private static @Nullable String nextNonce(String info) {
        List<AuthChallenge> parsed = AuthChallenge.parse(List.of("info " + info));
        String next = parsed.isEmpty() ? null : parsed.getFirst().parameter("nextnonce");
        return next == null || next.isEmpty() || next.chars().anyMatch(c -> c < ' ' || c >= 0x7F) ? null : next;
    }

    private void user(StringBuilder value) {
        String user = login.user();
        if (challenge.hashedUser()) {
            quoted(value, "username", challenge.function().of(user, challenge.realm()));
            value.append(", userhash=true");
        } else if (user.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            quoted(value, "username", user);
        } else {
            // A quoted string cannot hold it (RFC 7616 §3.4.4).
            value.append("username*=UTF-8''");
            for (byte each : user.getBytes(StandardCharsets.UTF_8)) {
                value.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
    }

    private static void quoted(StringBuilder value, String name, String text) {
        value.append(name).append("=\"").append(escaped(text)).append('"');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
