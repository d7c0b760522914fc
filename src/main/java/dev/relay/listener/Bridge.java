package dev.relay.listener;

import dev.relay.duplex.Call;
import dev.relay.duplex.Opening;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.io.Ledger;
import dev.relay.io.Stage;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Credentials;
import dev.relay.plan.Plan;
import java.io.IOException;
import java.util.Set;

/** Where clients are put through to an upstream that takes and answers at the same time, with the client's own method. */
final class Bridge implements Door.Host {
    /** What means the connection, or would send back what was sent (RFC 9110 §9.3.6, §9.3.8). */
    private static final Set<String> NEVER = Set.of("CONNECT", "TRACE");
    /** What asks only how one might ask: it waits for no turn, and takes none. */
    private static final Set<String> FREE = Set.of("HEAD", "OPTIONS");

    private final Gate gate;
    private final Turns turns;
    private final Passing passing;
    private final Presenting presenting;
    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;

    Bridge(
            Gate gate,
            Turns turns,
            Passing passing,
            Presenting presenting,
            Plan plan,
            Surroundings surroundings,
            Ledger ledger) {
        this.gate = gate;
        this.turns = turns;
        this.passing = passing;
        this.presenting = presenting;
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        RequestHead request = exchange.request();
        gate.admit(request, false);
        if (NEVER.contains(request.method())) {
            throw new RefusedException(405, "the method is not passed on");
        }
        if (FREE.contains(request.method())) {
            ask(exchange);
            return;
        }
        if (!turns.enter(exchange)) {
            throw new RefusedException(503, "somebody else is being served", Serving.later());
        }
        try {
            putThrough(exchange);
        } finally {
            turns.leave(exchange, false);
            ledger.course().at(Stage.ALONE);
        }
    }

    private void ask(Exchange exchange) throws IOException {
        try {
            cross(exchange);
        } catch (FaultException e) {
            throw exchange.response().isBegun() ? e : refusal(e);
        }
    }

    private void putThrough(Exchange exchange) throws IOException {
        String who = exchange.remote().getHostAddress();
        long start = surroundings.nanoTime().getAsLong();
        turns.begins(exchange, null);
        ledger.course().flowBothWays();
        ledger.note(who + " is put through");
        int status;
        try {
            status = cross(exchange);
        } catch (FaultException e) {
            ledger.note(who + lost(exchange) + ": " + e.fault().message());
            turns.broke(exchange, null, 0, e);
            throw exchange.response().isBegun() ? e : refusal(e);
        } catch (ClientGoneException e) {
            ledger.note(who + " went away: " + e.getMessage());
            turns.broke(exchange, null, 0, null);
            throw e;
        }
        long sent = exchange.response().sent();
        ledger.note("sent " + Told.size(sent) + " to " + who + " in "
                + Told.time(surroundings.nanoTime().getAsLong() - start));
        boolean counts = status >= 200 && status < 300;
        turns.received(exchange, counts ? new Portion("", 0, sent, sent) : null);
    }

    private static String lost(Exchange exchange) {
        return exchange.response().isBegun()
                ? " was cut off after " + Told.size(exchange.response().sent())
                : " got nothing";
    }

    private static RefusedException refusal(FaultException e) {
        boolean late = e.fault().code() == ExitCode.TIME_LIMIT;
        return new RefusedException(late ? 504 : 502, "what is behind this failed", Headers.NONE, e);
    }

    /** Gives the status of the answer that the client has. */
    private int cross(Exchange exchange) throws IOException {
        Url url = plan.request().url();
        var opening = new Opening(plan, surroundings.environment(), ledger);
        try (var upstream =
                opening.open(call(exchange.request()), plan.request().protocol())) {
            var crossing = new Crossing(exchange, upstream, url, plan.limits(), ledger, surroundings.nanoTime());
            return crossing.hold(
                    (head, length, body) -> presenting.of(new Handed(head.status(), located(head, url), length, body)));
        }
    }

    private Call call(RequestHead request) {
        Call own = Opening.call(plan);
        Headers fields = own.headers();
        boolean known = !plan.request().credentials().equals(Credentials.NONE);
        for (Headers.Field field : passing.request(request.headers()).fields()) {
            boolean identifies = (known && field.name().equalsIgnoreCase("Authorization"))
                    || (plan.request().cookies() != null && field.name().equalsIgnoreCase("Cookie"));
            if (!identifies && !own.headers().contains(field.name())) {
                fields = fields.and(field);
            }
        }
        return new Call(request.method(), own.url(), fields, own.limits());
    }

    /** The response fields that cross; a place that is told of is the upstream's, not ours. */
    private Headers located(Head head, Url url) {
        Headers fields = passing.response(head.headers());
        String location = fields.only("Location").orElse("");
        if (location.isEmpty()) {
            return fields;
        }
        try {
            return fields.with("Location", url.resolve(location).toString());
        } catch (FaultException _) {
            // It is the upstream's own mistake, which is passed on as it is.
            return fields;
        }
    }
}
