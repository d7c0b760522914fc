package dev.relay.http.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Digest challenge that relay can answer (RFC 7616 §3.3).
 *
 * @param algorithm as the challenge named it, to be said again; null when it did not
 * @param session whether one key is made for all requests that the challenge is about ({@code -sess})
 * @param qop whether the answer counts its requests ({@code qop=auth}); without, it is one of RFC 2069
 * @param stale whether only the nonce was refused, not the password
 * @param hashedUser whether the name of the user is sent as a hash
 */
public record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        @Nullable String algorithm,
        HashFunction function,
        boolean session,
        boolean qop,
        boolean stale,
        boolean hashedUser) {

    /** The first Digest challenge that can be answered: the order is the server's preference (RFC 7616 §3.7). */
    public static Optional<DigestChallenge> firstOf(List<AuthChallenge> challenges) {
        for (AuthChallenge challenge : challenges) {
            Optional<DigestChallenge> digest = of(challenge);
            if (digest.isPresent()) {
                return digest;
            }
        }
        return Optional.empty();
    }

    private static Optional<DigestChallenge> of(AuthChallenge challenge) {
        String realm = challenge.parameter("realm");
        String nonce = challenge.parameter("nonce");
        String opaque = challenge.parameter("opaque");
        if (!challenge.scheme().equals("digest") || realm == null || nonce == null) {
            return Optional.empty();
        }
        String algorithm = challenge.parameter("algorithm");
        String name = algorithm == null ? "MD5" : algorithm;
        boolean session = name.toLowerCase(Locale.ROOT).endsWith("-sess");
        HashFunction function = HashFunction.named(session ? name.substring(0, name.length() - 5) : name);
        String qop = challenge.parameter("qop");
        boolean sayable = isSayable(realm) && isSayable(nonce) && (opaque == null || isSayable(opaque));
        if (function == null || !sayable || (qop != null && !offersAuth(qop))) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                realm,
                nonce,
                opaque,
                algorithm,
                function,
                session,
                qop != null,
                "true".equalsIgnoreCase(challenge.parameter("stale")),
                "true".equalsIgnoreCase(challenge.parameter("userhash"))));
    }

    private static boolean offersAuth(String qop) {
        for (String each : qop.split(",", -1)) {
            if (each.strip().equalsIgnoreCase("auth")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a field can hold it as it is: what would be garbled on its way back answers nothing. */
    private static boolean isSayable(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) < ' ' || value.charAt(at) >= 0x7F) {
                return false;
            }
        }
        return true;
    }
}
