package dev.relay.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The directory in which clients run, and the ways in which their output is taken. */
final class Lab implements Closeable {
    private static final Path NOWHERE = Path.of("/dev/null");

    private final Path directory;
    private final Path pipe;
    private final Path errors;

    /** Something that opens a pipe and reads to its end. */
    interface Reader {
        void read(Path pipe) throws IOException;
    }

    Lab() throws IOException {
        directory = Files.createTempDirectory("relay-bench");
        pipe = directory.resolve("pipe");
        errors = directory.resolve("errors");
        Kernel.makePipe(pipe);
        // A bench that is stopped leaves nothing behind either.
        Runtime.getRuntime().addShutdownHook(new Thread(this::clear));
    }

    Path directory() {
        return directory;
    }

    /** Where a download to a file goes. */
    Path file() {
        return directory.resolve("file");
    }

    /** What the last client had to say. */
    String errors() throws IOException {
        return Files.readString(errors).strip();
    }

    /** Runs a command whose output nobody reads. */
    Sample alone(List<String> command, Map<String, String> environment) throws IOException {
        return Launch.of(command, environment, NOWHERE, errors).end();
    }

    /** Runs a command whose output nobody reads, and that has a terminal to tell on. */
    Sample alone(List<String> command, Map<String, String> environment, Terminal terminal) throws IOException {
        return Launch.of(command, environment, NOWHERE, terminal.path()).end();
    }

    /** Runs a command whose output {@code cat} takes to /dev/null. */
    Sample throughCat(List<String> command, Map<String, String> environment) throws IOException {
        Process cat = new ProcessBuilder("sh", "-c", "exec cat <\"$0\"", pipe.toString())
                .redirectOutput(NOWHERE.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return Launch.of(command, environment, pipe, errors).end();
        } finally {
            cat.destroy();
        }
    }

    /** Runs a command whose output a reader of our own takes. */
    Sample through(Reader reader, List<String> command, Map<String, String> environment) throws IOException {
        Launch launch = Launch.of(command, environment, pipe, errors);
        try {
            reader.read(pipe);
        } catch (IOException e) {
            launch.stop();
            launch.end();
            throw e;
        }
        return launch.end();
    }

    @Override
    public void close() {
        clear();
    }

    private void clear() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("bench: " + directory + " is left: " + e);
        }
    }
}
