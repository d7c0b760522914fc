package dev.relay.outcome;

import org.jspecify.annotations.Nullable;

/** How a run ended. */
public sealed interface Outcome {

    /** Complete, verified, and where it was wanted. */
    record Delivered() implements Outcome {}

    /** It failed, and this is why. */
    record Failed(Fault fault, @Nullable Throwable cause) implements Outcome {}

    /** The reader of standard output closed early: relay ends as a process that SIGPIPE killed would. */
    record ReaderGone() implements Outcome {}

    /** A signal ended it. */
    record Stopped(StopSignal signal, String where) implements Outcome {}

    /** The one place where an outcome becomes an exit code. */
    default ExitCode exitCode() {
        return switch (this) {
            case Delivered() -> ExitCode.OK;
            case Failed(Fault fault, var cause) -> fault.code();
            case ReaderGone() -> ExitCode.READER_GONE;
            case Stopped(StopSignal signal, var where) ->
                switch (signal) {
                    case HUP -> ExitCode.HANGUP;
                    case INT -> ExitCode.INTERRUPTED;
                    case TERM -> ExitCode.TERMINATED;
                };
        };
    }
}
