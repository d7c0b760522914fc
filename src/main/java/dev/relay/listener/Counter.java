package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Course;
import dev.relay.io.Ledger;
import dev.relay.io.Stage;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where clients are served, each request by itself: turned away, told to wait, or given what there is. */
final class Counter implements Door.Host {
    /**
     * One client: a person's program on one machine. Download managers use several connections, which are one client.
     *
     * @param agent what the program calls itself
     */
    private record Client(InetAddress address, String agent) {}

    private final Gate gate;
    private final Origin origin;
    private final Turns turns;
    private final Presenting presenting;
    private final Ledger ledger;
    private final LongSupplier nanoTime;

    Counter(Gate gate, Origin origin, Turns turns, Presenting presenting, Ledger ledger, LongSupplier nanoTime) {
        this.gate = gate;
        this.origin = origin;
        this.turns = turns;
        this.presenting = presenting;
        this.ledger = ledger;
        this.nanoTime = nanoTime;
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        RequestHead request = exchange.request();
        gate.check(request);
        if (request.isHead()) {
            head(exchange);
            return;
        }
        var client = new Client(
                exchange.remote(), request.headers().first("User-Agent").orElse(""));
        if (!turns.enter(client)) {
            throw new RefusedException(503, "somebody else is being served", Serving.later());
        }
        boolean inOrder = false;
        try {
            deliver(exchange, client);
            inOrder = true;
        } finally {
            turns.leave(client, inOrder);
            if (turns.isNobodyThere()) {
                ledger.course().at(Stage.ALONE);
            }
            if (!inOrder && origin.isExhausted()) {
                turns.exhausted();
            }
        }
    }

    private void head(Exchange exchange) throws IOException {
        try (Handed handed = open(exchange.request())) {
            exchange.response().begin(handed.status(), presenting.of(handed), handed.length());
            exchange.response().end();
        }
    }

    /** Opens the source: what fails there is, for the client, a gateway's failure. */
    private Handed open(RequestHead request) throws IOException {
        try {
            return origin.open(request);
        } catch (FaultException e) {
            if (e.fault().code() == ExitCode.SOURCE_UNREADABLE) {
                turns.finish(new Outcome.Failed(e.fault(), e.getCause()));
                throw new RefusedException(500, "it is not there any more", Headers.NONE, e);
            }
            boolean late = e.fault().code() == ExitCode.TIME_LIMIT;
            throw new RefusedException(late ? 504 : 502, "what is behind this failed", Headers.NONE, e);
        }
    }

    private void deliver(Exchange exchange, Client client) throws IOException {
        try (Presence presence = exchange.watched()) {
            try (Handed handed = opened(exchange, client, presence)) {
                deliver(exchange, client, handed, presence);
            }
        }
    }

    private Handed opened(Exchange exchange, Client client, Presence presence) throws IOException {
        try {
            if (turns.isOne()) {
                ledger.course().undivided();
            }
            return open(exchange.request());
        } catch (IOException e) {
            // A client that has left has interrupted this thread: that is why it failed.
            presence.check();
            if (e.getCause() instanceof FaultException fault) {
                ledger.note(exchange.remote().getHostAddress() + " got nothing: "
                        + fault.fault().message());
                turns.broke(client, null, 0, fault);
            }
            throw e;
        }
    }

    private void deliver(Exchange exchange, Client client, Handed handed, Presence presence) throws IOException {
        Response response = exchange.response();
        Headers headers = presenting.of(handed);
        @Nullable Portion portion = Portion.of(handed.status(), handed.headers(), handed.length());
        String who = exchange.remote().getHostAddress();
        long start = nanoTime.getAsLong();
        if (portion != null || handed.status() == 206) {
            turns.begins(client, portion);
            expect(portion);
            ledger.note(who + " is being served" + (handed.status() == 206 ? " a part" : ""));
        }
        try {
            response.begin(handed.status(), headers, handed.length());
            move(handed.body(), response);
            exchange.confirm(presence);
        } catch (IOException | RuntimeException e) {
            broke(client, portion, response, who, cause(e, presence));
            throw e;
        }
        // Told before the end of the run, which may follow at once.
        if (portion != null || handed.status() == 206) {
            ledger.note("sent " + Told.size(response.sent()) + " to " + who + " in "
                    + Told.time(nanoTime.getAsLong() - start));
        }
        turns.received(client, whole(portion, response));
    }

    /** A download begins, of which other connections may bring more; what was brought before is not part of it. */
    private void expect(@Nullable Portion portion) {
        if (turns.isOne()) {
            Course course = ledger.course();
            long first = portion == null ? 0 : portion.first();
            long before = course.division() == null ? course.received() : 0;
            course.expect(first - before, portion == null ? -1 : portion.total());
        }
    }

    /** Tells which side is waited for; at last the client, until it has all that was sent. */
    private void move(Chunks body, Response response) throws IOException {
        Course course = ledger.course();
        course.at(Stage.RECEIVING);
        for (ByteBuffer bytes = body.next(); bytes != null; bytes = body.next()) {
            course.at(Stage.WRITING);
            response.write(bytes);
            course.at(Stage.RECEIVING);
        }
        course.at(Stage.WRITING);
        response.end();
    }

    /** A length that was not known is, now that all has come. */
    private static @Nullable Portion whole(@Nullable Portion portion, Response response) {
        return portion == null || portion.end() >= 0
                ? portion
                : new Portion(portion.state(), 0, response.sent(), response.sent());
    }

    private static Exception cause(Exception e, Presence presence) {
        try {
            presence.check();
            return e;
        } catch (ClientGoneException gone) {
            return gone;
        }
    }

    private void broke(Client client, @Nullable Portion portion, Response response, String who, Exception why) {
        String after = " after " + Told.size(response.sent());
        if (why instanceof FaultException fault) {
            ledger.note(who + " was cut off" + after + ": " + fault.fault().message());
            turns.broke(client, portion, response.sent(), fault);
        } else {
            if (why instanceof ClientGoneException gone) {
                ledger.note(who + " went away" + after + ": " + gone.getMessage());
            }
            turns.broke(client, portion, response.sent(), null);
        }
    }
}
