package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.io.Ledger;
import dev.relay.io.Sink;
import dev.relay.io.Stage;
import dev.relay.io.Surroundings;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Reception;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where clients are received: turned away, told to wait, or heard. */
final class Desk implements Door.Host {
    private static final Set<String> SENDING = Set.of("POST", "PUT", "PATCH");

    private final Gate gate;
    private final Turns turns;
    private final Feed feed;
    private final Sink sink;
    private final Reception reception;
    private final Surroundings surroundings;
    private final Ledger ledger;

    Desk(Gate gate, Turns turns, Feed feed, Sink sink, Reception reception, Surroundings surroundings, Ledger ledger) {
        this.gate = gate;
        this.turns = turns;
        this.feed = feed;
        this.sink = sink;
        this.reception = reception;
        this.surroundings = surroundings;
        this.ledger = ledger;
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        RequestHead request = exchange.request();
        if (request.method().equals("OPTIONS")) {
            // Browsers ask in advance, without credentials.
            gate.admitUnasked(request);
            exchange.answer(204, common().with("Allow", allowed()), null);
            return;
        }
        gate.admit(request, request.method().equals("PUT"));
        if (request.isHead()) {
            exchange.response().begin(200, headers(), Response.UNKNOWN);
            exchange.response().end();
            return;
        }
        if (!isWelcome(request)) {
            throw new RefusedException(
                    405,
                    reception.answered()
                            ? "the method is not known here"
                            : "something is expected here: PUT or POST it",
                    new Headers(List.of(new Headers.Field("Allow", allowed()))));
        }
        if (!turns.enter(exchange)) {
            throw new RefusedException(503, "somebody else is being served", Serving.later());
        }
        try {
            hear(exchange);
        } finally {
            turns.leave(exchange, false);
        }
    }

    /** A request without a body has come for the answer. */
    private boolean isWelcome(RequestHead request) {
        return SENDING.contains(request.method())
                || (reception.answered() && request.method().equals("GET"));
    }

    private String allowed() {
        return reception.answered() ? "GET, HEAD, OPTIONS, PATCH, POST, PUT" : "OPTIONS, PATCH, POST, PUT";
    }

    private void hear(Exchange exchange) throws IOException {
        String who = exchange.remote().getHostAddress();
        long start = surroundings.nanoTime().getAsLong();
        turns.begins(exchange, null);
        ledger.course().converse();
        ledger.note(who + " is there");
        @Nullable Outcome outcome = new Conversation(exchange, feed, sink, ledger).hold(headers());
        if (outcome == null) {
            ledger.note(who + " went away before a byte had moved");
            ledger.course().at(Stage.ALONE);
            return;
        }
        if (outcome instanceof Outcome.Delivered) {
            String time = Told.time(surroundings.nanoTime().getAsLong() - start);
            ledger.note("received " + Told.size(ledger.bodyBytes()) + " from " + who + ", sent "
                    + Told.size(exchange.response().sent()) + ", in " + time);
        }
        turns.finish(outcome);
    }

    private Headers headers() {
        return common().with("Content-Type", reception.type());
    }

    /** Who knows a path that cannot be guessed may use it from any page. */
    private Headers common() {
        Headers headers = Headers.NONE.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
        boolean open = reception.entrance().token() && reception.entrance().path() == null;
        return open
                ? headers.with("Access-Control-Allow-Origin", "*")
                        .with("Access-Control-Allow-Headers", "*")
                        .with("Access-Control-Allow-Methods", "GET, PATCH, POST, PUT")
                : headers;
    }
}
