package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.auth.AuthChallenge;
import dev.relay.http.auth.DigestChallenge;
import dev.relay.http.auth.DigestSession;
import dev.relay.http.auth.Login;
import dev.relay.plan.Proxying.Scheme;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says to one proxy who asks, and answers it when it wants to know (RFC 9110 §11.7). */
final class ProxyLogin {
    private static final String FIELD = "Proxy-Authorization";

    private final @Nullable Login login;
    private final Scheme scheme;
    private @Nullable DigestChallenge answered;
    private @Nullable DigestSession digest;
    private boolean basic;

    /** @param login null for none */
    ProxyLogin(@Nullable Login login, Scheme scheme) {
        this.login = login;
        this.scheme = scheme;
        this.basic = scheme == Scheme.BASIC;
    }

    /**
     * The fields with what identifies the user, unless they say it already.
     *
     * @param target as the request line has it
     */
    synchronized Headers identified(Headers fields, String method, String target) {
        if (login == null || fields.contains(FIELD)) {
            return fields;
        }
        if (digest != null) {
            return fields.with(FIELD, digest.authorization(method, target));
        }
        return basic ? fields.with(FIELD, login.basic()) : fields;
    }

    /** Whether a refusal can be answered: then the same is to be asked again. */
    synchronized boolean answers(Head head) {
        if (head.status() != 407 || login == null || scheme == Scheme.BASIC) {
            return false;
        }
        List<AuthChallenge> challenges = AuthChallenge.parse(head.headers().all("Proxy-Authenticate"));
        Optional<DigestChallenge> challenge = DigestChallenge.firstOf(challenges);
        if (challenge.isPresent()) {
            DigestChallenge before = answered;
            boolean sameAgain = before != null
                    && (!challenge.get().stale() || challenge.get().nonce().equals(before.nonce()));
            if (sameAgain || basic) {
                return false;
            }
            answered = challenge.get();
            digest = new DigestSession(challenge.get(), login, unguessable());
            return true;
        }
        boolean asksForBasic = challenges.stream().anyMatch(one -> one.scheme().equals("basic"));
        if (scheme == Scheme.ANY && asksForBasic && !basic) {
            basic = true;
            return true;
        }
        return false;
    }

    private static String unguessable() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
