package dev.relay.duplex;

import dev.relay.io.Cancellation;
import dev.relay.io.Ledger;
import dev.relay.io.Pump;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Delivery;
import dev.relay.plan.Plan;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@code relay duplex}: standard input to the request body and the response body to standard output, both at once. This
 * thread moves the response; the end of the response ends the run, whatever standard input still has.
 */
public final class Duplex {
    private static final String ONCE = "what was sent cannot be sent again";
    /** How long the other direction is given to tell why the connection ended. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;

    public Duplex(Plan plan, Surroundings surroundings, Ledger ledger) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
    }

    /** Runs it to its end; never throws for what a server, a reader or standard input does. */
    public Outcome run(Cancellation cancellation) {
        return Conduct.run(plan, surroundings, ledger, cancellation, this::converse);
    }

    private Outcome converse(Sink sink) throws IOException {
        try (var input = new Intake(surroundings.stdin());
                Exchange exchange = open()) {
            ledger.course().flowBothWays();
            Upload upload = Upload.start(input, exchange.outlet(), ledger::sent, "standard input");
            return receive(exchange, upload, sink);
        }
    }

    private Exchange open() throws IOException {
        var opening = new Opening(plan, surroundings.environment(), ledger);
        return opening.open(Opening.call(plan), plan.request().protocol());
    }

    private Outcome receive(Exchange exchange, Upload upload, Sink sink) throws IOException {
        Answer answer = null;
        try {
            answer = exchange.answer();
            Delivery.OnError onError = plan.delivery().onError();
            Outcome refused = onError == Delivery.OnError.DELIVER ? null : Refusal.of(answer.head(), plan, ONCE);
            if (refused != null && onError == Delivery.OnError.FAIL) {
                return refused;
            }
            var reply = new Reply(List.of(answer.head()), plan.request().url(), answer.length(), answer.body());
            sink.begin(reply);
            Pump.move(
                    Conduct.measured(answer.body(), answer.length(), plan, surroundings, ledger),
                    sink,
                    ledger.course());
            sink.commit();
            return refused == null ? ended(upload) : refused;
        } catch (ReaderGoneException e) {
            throw e;
        } catch (IOException e) {
            if (e instanceof EOFException) {
                upload.settle(A_MOMENT);
            }
            IOException input = upload.inputFailure();
            throw input != null
                    ? Conduct.inputFault(input)
                    : Severed.fault(
                            e, plan.request().url(), answer != null, ledger.bodyBytes(), upload.sendingFailure());
        }
    }

    /** The response is whole; that must not hide that the request was not. */
    private Outcome ended(Upload upload) throws IOException {
        IOException input = upload.inputFailure();
        if (input != null) {
            throw Conduct.inputFault(input);
        }
        return new Outcome.Delivered();
    }
}
