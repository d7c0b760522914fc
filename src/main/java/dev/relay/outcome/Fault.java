package dev.relay.outcome;

import org.jspecify.annotations.Nullable;

/**
 * Why a run failed: which promise broke, where, and for what reason.
 *
 * @param where the URL without its credentials, the file, or the option
 * @param why the reason in a few words, without a full stop
 * @param hint what the user may try, when there is something to try
 */
public record Fault(
        ExitCode code, String where, String why, @Nullable String hint) {

    public static Fault of(ExitCode code, String where, String why) {
        return new Fault(code, where, why, null);
    }

    public Fault withHint(@Nullable String advice) {
        return new Fault(code, where, why, advice);
    }

    /** Throws nothing: wraps this fault so that it can travel to the one place that turns it into an outcome. */
    public FaultException exception() {
        return new FaultException(this, null);
    }

    public FaultException exception(Throwable cause) {
        return new FaultException(this, cause);
    }

    /** {@code <what failed>: <where>: <why>}, with the hint in brackets. */
    public String message() {
        var line = new StringBuilder(code.what()).append(": ");
        if (!where.isEmpty()) {
            line.append(where).append(": ");
        }
        line.append(why);
        if (hint != null) {
            line.append(" (").append(hint).append(')');
        }
        return line.toString();
    }
}
