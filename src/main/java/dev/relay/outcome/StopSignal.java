package dev.relay.outcome;

/** The signals that end relay in order: partial files dealt with, terminal restored. */
public enum StopSignal {
    HUP(ExitCode.HANGUP),
    INT(ExitCode.INTERRUPTED),
    TERM(ExitCode.TERMINATED);

    private final ExitCode exitCode;

    StopSignal(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    /** 128 and the number of the signal. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
