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
        return stderr.lines().filter(line -> line.startsWith("relay: ")).toList();
    }

    @Override
    public String toString() {
        String shown = stdout.length > 2000 ? stdout.length + " bytes" : stdout();
        return "exit " + exit + "\nstdout: " + shown + "\nstderr: " + stderr;
    }
}
