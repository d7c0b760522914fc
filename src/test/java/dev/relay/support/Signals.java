package dev.relay.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The signals that the tests send to what they start. */
public final class Signals {
    private static final long HANGUP_AND_INTERRUPT = 3;

    private Signals() {}

    /** A test is skipped and says why where signals are ignored: a shell's background command inherits that. */
    public static void require() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "needs /proc");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(line.replaceAll("SigIgn:\\s*", ""), 16);
                Assumptions.assumeTrue(
                        (ignored & HANGUP_AND_INTERRUPT) == 0,
                        "SIGINT or SIGHUP is ignored here, and so it is by what is started");
            }
        }
    }
}
