package dev.relay.outcome;

import org.jspecify.annotations.Nullable;

/** How a run ended. Each kind knows its exit code: a pattern switch would cost milliseconds at every start. */
public sealed interface Outcome {

    ExitCode exitCode();

    /** Complete, verified, and where it was wanted. */
    record Delivered() implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.OK;
        }
    }

    /** It failed, and this is why. */
    record Failed(Fault fault, @Nullable Throwable cause) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return fault.code();
        }
    }

    /** The reader of standard output closed early: relay ends as a process that SIGPIPE killed would. */
    record ReaderGone() implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.READER_GONE;
        }
    }

    /** A signal ended it. */
    record Stopped(StopSignal signal, String where) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return signal.exitCode();
        }
    }
}
