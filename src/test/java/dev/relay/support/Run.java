package dev.relay.support;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a run of relay ended. */
public final class Run {
    private final int exit;
    private final byte[] stdout;
    private final String stderr;

    Run(int exit, byte[] stdout, String stderr) {
        this.exit = exit;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** The exit code; 128 and the signal's number when a signal ended the process. */
    public int exit() {
        return exit;
    }

    public byte[] stdoutBytes() {
        return stdout.clone();
    }

    public String stdout() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    public String stderr() {
        return stderr;
    }

    /** The lines on standard error that report a failure. */
    public List<String> errorLines() {
        return stderr.lines()
                .filter(line -> line.startsWith("relay: ") && !line.startsWith("relay: note: "))
                .toList();
    }

    /** Fails the test unless it ended with 0 and without an error line. */
    public Run mustSucceed() {
        if (exit != 0 || !errorLines().isEmpty()) {
            throw new AssertionError("should have succeeded: " + this);
        }
        return this;
    }

    /** Fails the test unless it ended with that code, and with one line that says why. */
    public Run mustFailWith(int code) {
        if (exit != code) {
            throw new AssertionError("should have ended with " + code + ": " + this);
        }
        if (errorLines().size() != 1
                || stderr.contains(" at dev.relay")
                || stderr.contains(" at java")
                || !stderr.endsWith("\n")) {
            throw new AssertionError("should have told its failure in one line: " + this);
        }
        return this;
    }

    /** Fails the test unless it failed, with one of these codes, and with one line that says why. */
    public Run mustFailWithOneOf(Integer... codes) {
        if (!List.of(codes).contains(exit)) {
            throw new AssertionError("should have ended with one of " + List.of(codes) + ": " + this);
        }
        return mustFailWith(exit);
    }

    /** Fails the test unless it ended with that code and said nothing. */
    public Run mustEndSilentlyWith(int code) {
        if (exit != code || !stderr.isEmpty()) {
            throw new AssertionError("should have ended silently with " + code + ": " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        String shown = stdout.length > 2000 ? stdout.length + " bytes" : stdout();
        return "exit " + exit + "\nstdout: " + shown + "\nstderr: " + stderr;
    }
}
