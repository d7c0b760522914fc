package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.auth.AuthChallenge;
import dev.relay.http.auth.DigestChallenge;
import dev.relay.http.auth.DigestSession;
import dev.relay.http.auth.Login;
import dev.relay.http.cookie.CookieJar;
import dev.relay.io.Witness;
import dev.relay.plan.Cookies;
import dev.relay.plan.Credentials;
import dev.relay.plan.Plan;
import dev.relay.plan.Request;
import dev.relay.plan.Request.Protocol;
import dev.relay.upstream.Dialer;
import dev.relay.upstream.Forwarding;
import dev.relay.wire.Line;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens exchanges: makes the connection, agrees on the protocol, and sends the head of the request. */
public final class Opening {
    private static final String FIELD = "Authorization";

    private final Credentials credentials;
    private final Dialer dialer;
    private final Witness witness;

    public Opening(Plan plan, Map<String, String> environment, Witness witness) {
        this.credentials = plan.request().credentials();
        this.dialer = new Dialer(plan.routing(), plan.trust(), plan.limits(), environment, witness);
        this.witness = witness;
    }

    /** What a plan asks for. */
    public static Call call(Plan plan) {
        Request request = plan.request();
        Headers headers = cookies(request);
        String authorization = headers.contains(FIELD) ? null : authorization(request);
        if (authorization != null) {
            headers = headers.with(FIELD, authorization);
        }
        return new Call(request.method(), request.url(), headers, plan.limits());
    }

    /** A request has one Cookie field (RFC 6265 §5.4): what was kept, then what the user types. */
    private static Headers cookies(Request request) {
        Cookies cookies = request.cookies();
        if (cookies == null) {
            return request.headers();
        }
        var all = new ArrayList<String>();
        // Nothing is set by what answers: whose domains are public need not be known.
        all.add(new CookieJar(cookies.kept(), _ -> false, InstantSource.system()).fieldFor(request.url()));
        all.addAll(request.headers().all("Cookie"));
        if (all.size() == 1 && cookies.literal() != null) {
            all.add(cookies.literal().reveal());
        }
        all.removeIf(String::isEmpty);
        return all.isEmpty() ? request.headers() : request.headers().with("Cookie", String.join("; ", all));
    }

    /** What goes with every request; where the server is to say first how to log in, nothing. */
    private static @Nullable String authorization(Request request) {
        Credentials credentials = request.credentials();
        if (credentials.token() != null) {
            return "Bearer " + credentials.token().reveal();
        }
        if (credentials.scheme() != Credentials.Scheme.BASIC) {
            return null;
        }
        Login login = credentials.login();
        return login == null ? null : login.basic();
    }

    /**
     * Sends the head of that request over a connection of its own. A body that is on its way cannot wait for a challenge:
     * where a login does, one without a body goes first, to ask for it.
     */
    public Exchange open(Call call, Protocol protocol) throws IOException {
        return begin(awaitsChallenge(call, credentials) ? identified(call, protocol) : call, protocol);
    }

    private Call identified(Call call, Protocol protocol) throws IOException {
        try (Exchange asking = begin(call, protocol)) {
            asking.outlet().end();
            Head head = asking.answer().head();
            Call answering = answering(head, call, credentials);
            return answering == null ? call : answering;
        } catch (IOException e) {
            throw Severed.fault(e, call.url(), false, 0, null);
        }
    }

    /** The call that answers a challenge; null when there is none, or one for what relay cannot, or may not, say. */
    public static @Nullable Call answering(Head head, Call call, Credentials credentials) {
        if (head.status() != 401 || !awaitsChallenge(call, credentials)) {
            return null;
        }
        String said = said(head, call, credentials);
        return said == null
                ? null
                : new Call(call.method(), call.url(), call.headers().with(FIELD, said), call.limits());
    }

    private static boolean awaitsChallenge(Call call, Credentials credentials) {
        return credentials.scheme() != Credentials.Scheme.BASIC
                && credentials.login() != null
                && !call.headers().contains(FIELD);
    }

    private static @Nullable String said(Head head, Call call, Credentials credentials) {
        Login login = Objects.requireNonNull(credentials.login());
        List<AuthChallenge> challenges = AuthChallenge.parse(head.headers().all("WWW-Authenticate"));
        Optional<DigestChallenge> digest = DigestChallenge.firstOf(challenges);
        if (digest.isPresent()) {
            byte[] unguessable = new byte[16];
            new SecureRandom().nextBytes(unguessable);
            return new DigestSession(digest.get(), login, HexFormat.of().formatHex(unguessable))
                    .authorization(call.method(), call.url().target());
        }
        boolean basic = challenges.stream().anyMatch(each -> each.scheme().equals("basic"));
        return basic && credentials.scheme() == Credentials.Scheme.ANY ? login.basic() : null;
    }

    private Exchange begin(Call call, Protocol protocol) throws IOException {
        // A proxy that forwards reads the request itself, which is HTTP/1.1 then.
        Forwarding forwarding = protocol == Protocol.HTTP_2_PRIOR_KNOWLEDGE ? null : dialer.forwarding(call.url());
        if (forwarding != null) {
            return begun(call, dialer.dialForwarder(call.url(), forwarding), forwarding, false);
        }
        List<String> offered = protocol == Protocol.HTTP_1_1
                ? List.of("http/1.1")
                : protocol == Protocol.HTTP_2_PRIOR_KNOWLEDGE ? List.of("h2") : List.of("h2", "http/1.1");
        Dialer.Dialed dialed = dialer.dial(call.url(), offered);
        boolean two = dialed.protocol().equals("h2") || protocol == Protocol.HTTP_2_PRIOR_KNOWLEDGE;
        return begun(call, dialed.line(), null, two);
    }

    private Exchange begun(Call call, Line line, @Nullable Forwarding forwarding, boolean two) throws IOException {
        try {
            return two
                    ? Http2Exchange.begin(call, line, witness)
                    : Http1Exchange.begin(call, line, forwarding, witness);
        } catch (IOException e) {
            line.close();
            throw Severed.fault(e, call.url(), false, 0, null);
        }
    }
}
