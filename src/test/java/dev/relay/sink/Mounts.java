package dev.relay.sink;

import java.io.IOException;
import java.nio.file.Path;

/** Small file systems of our own, where one may be mounted. */
final class Mounts {
    private Mounts() {}

    /** Mounts one of that size over a directory; false where that is not allowed. */
    static boolean mount(Path directory, String size) throws IOException, InterruptedException {
        return succeeds("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    }

    static void unmount(Path directory) throws IOException, InterruptedException {
        if (!succeeds("umount", directory.toString())) {
            throw new AssertionError(directory + " stays mounted");
        }
    }

    static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // No such program here.
            return false;
        }
    }
}
