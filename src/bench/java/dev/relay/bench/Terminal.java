package dev.relay.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A terminal that nobody looks at: what is written to it is read and forgotten. */
final class Terminal implements Closeable {
    private final Process holder;
    private final Path path;

    private Terminal(Process holder, Path path) {
        this.holder = holder;
        this.path = path;
    }

    /** Opens one, by the program {@code script}; a link in the directory leads to it. */
    static Terminal in(Path directory) throws IOException {
        Path told = directory.resolve("terminal.name");
        Path link = directory.resolve("terminal");
        Files.deleteIfExists(told);
        Files.deleteIfExists(link);
        String command = "tty >'" + told + ".new'; mv '" + told + ".new' '" + told + "'; exec sleep 100000";
        Process holder = new ProcessBuilder("script", "-qfc", command, "/dev/null")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            for (int tries = 0; !Files.exists(told) && tries < 100; tries++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Terminal(
                holder,
                Files.createSymbolicLink(link, Path.of(Files.readString(told).strip())));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        holder.descendants().forEach(ProcessHandle::destroy);
        holder.destroy();
    }
}
