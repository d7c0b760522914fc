package dev.relay.duplex;

import dev.relay.http.Headers;
import dev.relay.http.auth.Login;
import dev.relay.io.Witness;
import dev.relay.plan.Credentials;
import dev.relay.plan.Plan;
import dev.relay.plan.Request;
import dev.relay.plan.Request.Protocol;
import dev.relay.upstream.Dialer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens exchanges: makes the connection, agrees on the protocol, and sends the head of the request. */
public final class Opening {
    private final Dialer dialer;
    private final Witness witness;

    public Opening(Plan plan, Map<String, String> environment, Witness witness) {
        this.dialer = new Dialer(plan.routing(), plan.trust(), plan.limits(), environment, witness);
        this.witness = witness;
    }

    /** What a plan asks for. */
    public static Call call(Plan plan) {
        Request request = plan.request();
        Headers headers = request.headers();
        String authorization = headers.contains("Authorization") ? null : authorization(request);
        if (authorization != null) {
            headers = headers.with("Authorization", authorization);
        }
        return new Call(request.method(), request.url(), headers, plan.limits());
    }

    /** What goes with the first request. Digest cannot be done: its challenge comes when the body is on its way. */
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

    /** Sends the head of that request over a connection of its own. */
    public Exchange open(Call call, Protocol protocol) throws IOException {
        List<String> offered = protocol == Protocol.HTTP_1_1
                ? List.of("http/1.1")
                : protocol == Protocol.HTTP_2_PRIOR_KNOWLEDGE ? List.of("h2") : List.of("h2", "http/1.1");
        Dialer.Dialed dialed = dialer.dial(call.url(), offered);
        try {
            boolean two = dialed.protocol().equals("h2") || protocol == Protocol.HTTP_2_PRIOR_KNOWLEDGE;
            return two
                    ? Http2Exchange.begin(call, dialed.line(), witness)
                    : Http1Exchange.begin(call, dialed.line(), witness);
        } catch (IOException e) {
            dialed.line().close();
            throw Severed.fault(e, call.url(), false, 0, null);
        }
    }
}
