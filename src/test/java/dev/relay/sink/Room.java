package dev.relay.sink;

import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.plan.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory to write into, with the surroundings of a run. */
final class Room {
    final List<String> notes = new ArrayList<>();
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final Path directory;

    Room(Path directory) {
        this.directory = directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Surroundings surroundings() {
        return surroundings(Channels.newChannel(stdout), Set.of());
    }

    Surroundings surroundings(WritableByteChannel out, Set<Integer> terminals) {
        return new Surroundings(
                Map.of(),
                directory,
                InputStream.nullInputStream(),
                out,
                new PrintStream(new ByteArrayOutputStream()),
                terminals,
                System::nanoTime,
                InstantSource.system());
    }

    Sink named(String name) throws IOException {
        return sink(new Delivery.Named(Path.of(name), new Delivery.FileRules(false, false)));
    }

    Sink continuing(String name) throws IOException {
        var named = new Delivery.Named(Path.of(name), new Delivery.FileRules(false, false));
        return Sinks.continuing(named, Answers.ok().url(), surroundings(), notes::add);
    }

    Sink numbered(String name) throws IOException {
        return sink(new Delivery.Named(Path.of(name), new Delivery.FileRules(false, true)));
    }

    Sink remote(@Nullable String urlName) throws IOException {
        return sink(new Delivery.Remote(Path.of(""), urlName, true, new Delivery.FileRules(false, false)));
    }

    Sink remoteNumbered(String urlName) throws IOException {
        return sink(new Delivery.Remote(Path.of(""), urlName, true, new Delivery.FileRules(false, true)));
    }

    Sink sink(Delivery.Destination destination) throws IOException {
        return Sinks.of(destination, surroundings(), notes::add);
    }

    void has(String name, String content) throws IOException {
        Files.writeString(path(name), content);
    }

    String content(String name) throws IOException {
        return Files.readString(path(name));
    }

    /** The names of everything in the directory. */
    List<String> names() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
