package dev.relay.report;

import dev.relay.io.Ledger;
import dev.relay.io.Surroundings;
import dev.relay.io.Witness;
import dev.relay.outcome.Fault;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Limits;
import dev.relay.plan.Telling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one run tells beside its payload: the exchange as it happens, and how it ended. The rest of the room loads
 * only when it has something to say.
 */
public final class Reporter {
    private final Telling telling;
    private final Surroundings surroundings;
    private final Stderr err;
    private final Witness witness;
    private @Nullable Progress progress;

    public Reporter(Telling telling, Surroundings surroundings) {
        this.telling = telling;
        this.surroundings = surroundings;
        this.err = new Stderr(surroundings.stderr());
        var notes = new Notes(err, telling.silent());
        this.witness = telling.verbose() ? new Verbose(err, notes) : notes;
    }

    /** Tells which files options were read from, when the exchange is shown. */
    public void configured(List<String> files) {
        if (telling.verbose()) {
            for (String file : files) {
                err.line("* ", "Options were read from " + file);
            }
        }
    }

    /** Shows what it is told, as far as the user wants to see it. */
    public Witness witness() {
        return witness;
    }

    /**
     * Tells where a listener can be reached, beside its URL.
     *
     * @param urls that one, and the others that lead to it
     * @param qr whether it is shown as a code for cameras
     */
    public void announce(List<String> urls, boolean qr) {
        if (qr || urls.size() > 1) {
            new Announcement(err, surroundings).make(urls, telling.silent(), qr);
        }
    }

    /** Prints where a listener can be reached whose standard output is taken, silent or not: nobody else knows. */
    public void address(List<String> urls) {
        err.line("", urls.getFirst());
        announce(urls, false);
    }

    /**
     * Tells of the run while it lasts, as far as the user wants to see it.
     *
     * @param limits how long what is waited for
     * @param taker where the body goes
     */
    public void watch(Ledger ledger, Limits limits, Taker taker) {
        progress = Progress.start(err, new Progress.Watched(ledger, limits, taker, telling.progress(), surroundings));
    }

    /** The run is over: what the progress has painted goes away. To be called however it ended. */
    public void unwatch() {
        if (progress != null) {
            progress.end();
        }
    }

    /**
     * Tells how the run ended: the error line, then {@code --write-out}, then {@code --report}.
     *
     * @return the outcome to exit with: the same, unless all was well and the telling failed
     */
    public Outcome finish(Outcome outcome, Ledger ledger) {
        boolean delivered = outcome instanceof Outcome.Delivered;
        if (progress != null) {
            progress.end();
            progress.conclude(outcome);
        }
        if (delivered && telling.writeOut() == null && telling.report() == null) {
            return outcome;
        }
        // Channels close themselves on an interrupted thread, and a signal ends a run by interrupting it.
        boolean interrupted = Thread.interrupted();
        try {
            if (!delivered && telling.errorLine()) {
                new ErrorLine(err, telling.debug()).print(outcome);
            }
            return new Account(telling, surroundings, err, witness).tell(outcome, ledger);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Prints a page of our own. */
    public static void page(String text, Surroundings surroundings) {
        new Stderr(surroundings.stderr()).raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Prints the line of a fault that came before there was a plan to run. */
    public static void usage(Fault fault, Surroundings surroundings) {
        new ErrorLine(new Stderr(surroundings.stderr()), false).print(fault);
    }
}
