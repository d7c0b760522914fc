package dev.relay.report;

import dev.relay.outcome.Fault;
import dev.relay.outcome.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** The one line that every failure prints: {@code relay: <what failed>: <where>: <why>}. */
final class ErrorLine {
    private static final String PREFIX = "relay: ";

    private final Stderr err;
    private final boolean debug;

    ErrorLine(Stderr err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    /** Prints the line, and with debug the stack of its cause. Nothing when all is well or the reader is gone. */
    void print(Outcome outcome) {
        if (outcome instanceof Outcome.ReaderGone) {
            return;
        }
        String message = message(outcome);
        if (message == null) {
            return;
        }
        err.line(PREFIX, message);
        if (debug && outcome instanceof Outcome.Failed failed && failed.cause() != null) {
            stack(failed.cause());
        }
    }

    /** Prints the line of a fault that came before there was a plan. */
    void print(Fault fault) {
        err.line(PREFIX, Redaction.ofText(fault.message()));
    }

    /** The line without its first word, not yet safe to show; null when nothing went wrong. */
    static @Nullable String message(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return Redaction.ofText(failed.fault().message());
        }
        if (outcome instanceof Outcome.Stopped stopped) {
            var line = new StringBuilder(stopped.exitCode().what()).append(": ");
            if (!stopped.where().isEmpty()) {
                line.append(stopped.where()).append(": ");
            }
            return Redaction.ofText(
                    line.append("by SIG").append(stopped.signal().name()).toString());
        }
        if (outcome instanceof Outcome.ReaderGone gone) {
            return gone.exitCode().what();
        }
        return null;
    }

    private void stack(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text, true));
        for (String line : text.toString().replace("\t", "    ").lines().toList()) {
            err.line("", Redaction.ofText(line));
        }
    }
}
