package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.io.Cancellation;
import dev.relay.io.Chunks;
import dev.relay.io.Deadline;
import dev.relay.io.Ledger;
import dev.relay.io.Meter;
import dev.relay.io.Pump;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.io.Throttle;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Delivery;
import dev.relay.plan.Plan;
import dev.relay.sink.HeadFirst;
import dev.relay.sink.Sinks;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code relay duplex}: standard input to the request body and the response body to standard output, both at once. This
 * thread moves the response; the end of the response ends the run, whatever standard input still has.
 */
public final class Duplex {
    /** How long the other direction is given to tell why the connection ended. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final String where;

    public Duplex(Plan plan, Surroundings surroundings, Ledger ledger) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.where = plan.request().url().toString();
    }

    /** Runs it to its end; never throws for what a server, a reader or standard input does. */
    public Outcome run(Cancellation cancellation) {
        if (plan.limits().total() != null) {
            Deadline.start(plan.limits().total(), where, cancellation);
        }
        ledger.asks(plan.request().method(), plan.request().url());
        Outcome outcome;
        try {
            outcome = converse();
        } catch (ReaderGoneException e) {
            outcome = new Outcome.ReaderGone();
        } catch (FaultException e) {
            outcome = new Outcome.Failed(e.fault(), e.getCause());
        } catch (IOException e) {
            outcome = new Outcome.Failed(Fault.of(ExitCode.RECEIVING_FAILED, where, String.valueOf(e.getMessage())), e);
        }
        Outcome reason = cancellation.settle();
        // What an interrupt has ended is over: what is told next must not be ended by it.
        boolean _ = Thread.interrupted();
        return reason != null && !(outcome instanceof Outcome.Delivered) ? reason : outcome;
    }

    private Outcome converse() throws IOException {
        if (plan.telling().report() != null) {
            var report = new Delivery.Named(plan.telling().report(), new Delivery.FileRules(false, false));
            Sinks.check(report, surroundings);
        }
        Sink output = Sinks.of(plan.delivery().body().getFirst(), surroundings, ledger::note);
        try (Sink sink = plan.delivery().includeHead() ? new HeadFirst(output) : output;
                Exchange exchange = open()) {
            ledger.course().flowBothWays();
            Upload upload =
                    Upload.start(new Intake(surroundings.stdin()), exchange.outlet(), ledger::sent, "standard input");
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
            Outcome refused = onError == Delivery.OnError.DELIVER ? null : refused(answer.head());
            if (refused != null && onError == Delivery.OnError.FAIL) {
                return refused;
            }
            var reply = new Reply(List.of(answer.head()), plan.request().url(), answer.length(), answer.body());
            sink.begin(reply);
            Pump.move(through(answer), sink, ledger.course());
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
                    ? inputFault(input)
                    : Severed.fault(
                            e, plan.request().url(), answer != null, ledger.bodyBytes(), upload.sendingFailure());
        }
    }

    private Chunks through(Answer answer) throws IOException {
        Long most = plan.limits().maxFileSize();
        Meter.check(answer.length(), most, where);
        Chunks body = new Meter(answer.body(), ledger, most, where);
        Long rate = plan.limits().rate();
        return rate == null ? body : new Throttle(body, rate, surroundings.nanoTime());
    }

    /** The response is whole; that must not hide that the request was not. */
    private Outcome ended(Upload upload) throws IOException {
        IOException input = upload.inputFailure();
        if (input != null) {
            throw inputFault(input);
        }
        return new Outcome.Delivered();
    }

    private static IOException inputFault(IOException e) {
        return e instanceof FaultException
                ? e
                : Fault.of(ExitCode.INPUT_FAILED, "standard input", String.valueOf(e.getMessage()))
                        .exception(e);
    }

    /** Why the response is not what was wanted; null when it is. */
    private @Nullable Outcome refused(Head head) {
        int status = head.status();
        String phrase = head.statusLine().substring(head.version().length() + 1);
        String location = head.headers().first("Location").orElse(null);
        if (status >= 300 && status < 400 && location != null) {
            String why = phrase + " leads elsewhere, and what was sent cannot be sent again: " + to(location);
            return new Outcome.Failed(Fault.of(ExitCode.BODY_NOT_REPEATABLE, where, why), null);
        }
        return head.isError() ? new Outcome.Failed(Fault.of(ExitCode.HTTP_STATUS, where, phrase), null) : null;
    }

    /** A place that a person may be shown. */
    private String to(String location) {
        try {
            return plan.request().url().resolve(location).toString();
        } catch (FaultException e) {
            return "its Location cannot be read";
        }
    }
}
