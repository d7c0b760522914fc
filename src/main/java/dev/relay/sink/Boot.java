package dev.relay.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one run of the machine from another: what was written and not synced is there until the machine stops. */
final class Boot {
    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /** A name for this run of the machine; empty where the system gives none (only Linux does). */
    static String id() {
        try {
            return Files.readString(ID).strip();
        } catch (IOException e) {
            // Without it only what was synced counts.
            return "";
        }
    }
}
