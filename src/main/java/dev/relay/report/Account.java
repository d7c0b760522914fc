package dev.relay.report;

import dev.relay.io.Ledger;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Surroundings;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Telling;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is told when all is over: first {@code --write-out}, then {@code --report}. */
final class Account {
    private final Telling telling;
    private final Surroundings surroundings;
    private final Stderr err;
    private final Witness notes;

    Account(Telling telling, Surroundings surroundings, Stderr err, Witness notes) {
        this.telling = telling;
        this.surroundings = surroundings;
        this.err = err;
        this.notes = notes;
    }

    /** Tells it; gives the outcome back, or the failure to tell it when that was the first thing to go wrong. */
    Outcome tell(Outcome outcome, Ledger ledger) {
        long elapsed = ledger.elapsed();
        Outcome after = outcome;
        String format = telling.writeOut();
        if (format != null) {
            after = after(after, writeOut(format, new Facts(ledger, after, elapsed)));
        }
        Path report = telling.report();
        if (report != null) {
            after = after(after, report(report, new Facts(ledger, after, elapsed)));
        }
        return after;
    }

    private @Nullable Outcome writeOut(String format, Facts facts) {
        try (var place = new WriteOutPlace(surroundings, err)) {
            new WriteOut(facts, place, notes).print(format);
            return null;
        } catch (IOException e) {
            return failure(e);
        }
    }

    private @Nullable Outcome report(Path file, Facts facts) {
        try {
            new Report(surroundings, file).write(facts);
            return null;
        } catch (IOException e) {
            return failure(e);
        }
    }

    private static Outcome failure(IOException e) {
        if (e instanceof ReaderGoneException) {
            return new Outcome.ReaderGone();
        }
        Fault fault = e instanceof FaultException known
                ? known.fault()
                : Fault.of(ExitCode.OUTPUT_FAILED, "--write-out", String.valueOf(e.getMessage()));
        return new Outcome.Failed(fault, e);
    }

    /** A run has one error line: what fails after a failure is no more than a note. */
    private Outcome after(Outcome before, @Nullable Outcome failure) {
        if (failure == null) {
            return before;
        }
        if (before instanceof Outcome.Delivered) {
            if (telling.errorLine()) {
                new ErrorLine(err, telling.debug()).print(failure);
            }
            return failure;
        }
        String message = ErrorLine.message(failure);
        boolean isTold = message != null && message.equals(ErrorLine.message(before));
        if (message != null && !isTold && !(failure instanceof Outcome.ReaderGone)) {
            notes.note(message);
        }
        return before;
    }
}
