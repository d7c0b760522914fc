package dev.relay.duplex;

import dev.relay.io.Cancellation;
import dev.relay.io.Chunks;
import dev.relay.io.Deadline;
import dev.relay.io.Ledger;
import dev.relay.io.Meter;
import dev.relay.io.ReaderGoneException;
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
import java.io.IOException;

/** Leads a conversation of two directions from its plan to its outcome, whatever is spoken. */
public final class Conduct {
    private Conduct() {}

    /** A conversation. */
    public interface Conversation {
        /** Holds it to its end; what it throws ends it too. */
        Outcome hold(Sink sink) throws IOException;
    }

    /** Never throws for what a server, a reader or standard input does. */
    public static Outcome run(
            Plan plan, Surroundings surroundings, Ledger ledger, Cancellation cancellation, Conversation conversation) {
        String where = plan.request().url().toString();
        if (plan.limits().total() != null) {
            Deadline.start(plan.limits().total(), where, cancellation);
        }
        ledger.asks(plan.request().method(), plan.request().url());
        Outcome outcome;
        try {
            outcome = hold(conversation, plan, surroundings, ledger);
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

    private static Outcome hold(Conversation conversation, Plan plan, Surroundings surroundings, Ledger ledger)
            throws IOException {
        if (plan.telling().report() != null) {
            var report = new Delivery.Named(plan.telling().report(), new Delivery.FileRules(false, false));
            try {
                Sinks.check(report, surroundings);
            } catch (FaultException e) {
                // No option makes its directories.
                throw e.fault().withHint(null).exception(e);
            }
        }
        Sink output = Sinks.of(plan.delivery().body().getFirst(), surroundings, ledger::note);
        try (Sink sink = plan.delivery().includeHead() ? new HeadFirst(output) : output) {
            return conversation.hold(sink);
        }
    }

    /**
     * What arrives, counted and held to the limits.
     *
     * @param length its bytes, as was announced; -1 for nothing announced
     */
    public static Chunks measured(Chunks arriving, long length, Plan plan, Surroundings surroundings, Ledger ledger)
            throws IOException {
        String where = plan.request().url().toString();
        Long most = plan.limits().maxFileSize();
        Meter.check(length, most, where);
        Chunks body = new Meter(arriving, ledger, most, where);
        Long rate = plan.limits().rate();
        return rate == null ? body : new Throttle(body, rate, surroundings.nanoTime());
    }

    /** The failure to read standard input, as the user is told it. */
    public static IOException inputFault(IOException e) {
        return e instanceof FaultException
                ? e
                : Fault.of(ExitCode.INPUT_FAILED, "standard input", String.valueOf(e.getMessage()))
                        .exception(e);
    }
}
