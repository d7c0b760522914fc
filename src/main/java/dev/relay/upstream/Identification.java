package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.http.auth.AuthChallenge;
import dev.relay.http.auth.DigestChallenge;
import dev.relay.http.auth.DigestSession;
import dev.relay.http.auth.Login;
import dev.relay.http.cookie.CookieJar;
import dev.relay.plan.Cookies;
import dev.relay.plan.Credentials;
import dev.relay.plan.Credentials.Scheme;
import dev.relay.plan.Plan;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says who asks, to each origin what is meant for it, and answers those that want to know. One for all exchanges of a run:
 * what one of them has learnt, the others need not ask for.
 */
final class Identification {
    private static final String FIELD = "Authorization";

    private final Url original;
    private final Credentials credentials;
    private final Redirection redirection;
    private final @Nullable Cookies cookies;
    private final @Nullable CookieJar jar;
    /** What is said to an origin that has asked. */
    private final Map<String, Answering> answering = new HashMap<>();
    /** The origins that do not ask. */
    private final Set<String> content = new HashSet<>();

    /**
     * How an origin is answered.
     *
     * @param digest null for Basic
     */
    private record Answering(@Nullable DigestSession digest) {}

    Identification(Plan plan) {
        this.original = plan.request().url();
        this.credentials = plan.request().credentials();
        this.redirection = new Redirection(plan.redirects());
        this.cookies = plan.request().cookies();
        this.jar = cookies == null ? null : new CookieJar(cookies.kept(), new PublicSuffixes(), InstantSource.system());
    }

    /**
     * The fields with what identifies the user to that origin, unless the user says it by a field.
     *
     * @param kept the user's fields that may go there
     */
    Headers fields(Headers kept, String method, Url to) {
        return cookies(authorized(kept, method, to), to);
    }

    /** A request has one Cookie field (RFC 6265 §5.4): what the jar has, then what the user types. */
    private Headers cookies(Headers fields, Url to) {
        if (cookies == null || jar == null) {
            return fields;
        }
        String own = String.join("; ", fields.all("Cookie"));
        if (own.isEmpty() && cookies.literal() != null && redirection.credentialsFor(original, to)) {
            own = cookies.literal().reveal();
        }
        String kept = jar.fieldFor(to);
        String all = kept.isEmpty() ? own : own.isEmpty() ? kept : kept + "; " + own;
        return all.isEmpty() ? fields : fields.with("Cookie", all);
    }

    /** The cookies as they are now; null when none are kept. */
    @Nullable
    CookieJar jar() {
        return jar;
    }

    private Headers authorized(Headers kept, String method, Url to) {
        if (credentials.equals(Credentials.NONE) || kept.contains(FIELD)) {
            return kept;
        }
        if (credentials.token() != null && redirection.credentialsFor(original, to)) {
            return kept.with(FIELD, "Bearer " + credentials.token().reveal());
        }
        Login login = login(to);
        String said = login == null ? null : said(login, method, to);
        return said == null ? kept : kept.with(FIELD, said);
    }

    private synchronized @Nullable String said(Login login, String method, Url to) {
        Answering known = answering.get(to.origin());
        if (known == null) {
            return credentials.scheme() == Scheme.BASIC ? login.basic() : null;
        }
        return known.digest() == null ? login.basic() : known.digest().authorization(method, to.target());
    }

    /** Whether that origin may refuse the next request only to ask who sends it. */
    synchronized boolean awaitsChallenge(Url to) {
        return credentials.scheme() != Scheme.BASIC
                && !answering.containsKey(to.origin())
                && !content.contains(to.origin())
                && credentials.token() == null
                && login(to) != null;
    }

    /** That origin has served a request without asking. */
    synchronized void needsNone(Url from) {
        content.add(from.origin());
    }

    /** The login for that origin: the user's own, or one of the netrc file. */
    private @Nullable Login login(Url to) {
        if (redirection.credentialsFor(original, to) && credentials.login() != null) {
            return credentials.login();
        }
        boolean left = original.isSecure() && !to.isSecure();
        // An entry for every host is not meant for one that somebody else has chosen; nor is any for a way in clear.
        return to.sameOrigin(original) || left
                ? null
                : credentials.netrc().login(to.withoutFinalDot().bareHost(), null, true);
    }

    /**
     * Whether a refusal can be answered: then the same request is to be sent again.
     *
     * @param sent the fields of the request that was refused
     */
    synchronized boolean answers(Head head, Headers sent, Url from) {
        if (head.status() != 401 || credentials.scheme() == Scheme.BASIC) {
            return false;
        }
        Login login = login(from);
        if (login == null) {
            return false;
        }
        String said = sent.first(FIELD).orElse(null);
        Answering known = answering.get(from.origin());
        List<AuthChallenge> challenges = AuthChallenge.parse(head.headers().all("WWW-Authenticate"));
        Optional<DigestChallenge> digest = DigestChallenge.firstOf(challenges);
        if (digest.isPresent()) {
            return begins(digest.get(), login, said, known == null ? null : known.digest(), from);
        }
        boolean basic = challenges.stream().anyMatch(each -> each.scheme().equals("basic"));
        if (credentials.scheme() == Scheme.ANY && basic && said == null) {
            answering.put(from.origin(), new Answering(null));
            return true;
        }
        return false;
    }

    private boolean begins(
            DigestChallenge challenge, Login login, @Nullable String said, @Nullable DigestSession before, Url from) {
        if (said != null && (before == null || said.contains('"' + challenge.nonce() + '"'))) {
            return false;
        }
        if (before != null && (said == null || !before.isLatest(said))) {
            // Another exchange has learnt better meanwhile.
            return true;
        }
        // After an answer that was never taken, it is the password that is wrong, unless only the nonce was too old.
        boolean worthwhile = before == null || challenge.stale() || before.wasAccepted();
        if (worthwhile) {
            answering.put(from.origin(), new Answering(new DigestSession(challenge, login, unguessable())));
        }
        return worthwhile;
    }

    private static String unguessable() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Takes from a response what it says for the next request. */
    synchronized void heard(Head head, Url from) {
        if (jar != null) {
            jar.heard(head.headers().all("Set-Cookie"), from);
        }
        Answering known = answering.get(from.origin());
        if (known != null && known.digest() != null && head.status() != 401) {
            known.digest().accepted();
            known.digest().heard(head.headers().all("Authentication-Info"));
        }
    }
}
