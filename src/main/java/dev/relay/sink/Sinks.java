package dev.relay.sink;

import dev.relay.http.FileName;
import dev.relay.http.Url;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.plan.Delivery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the sink for a destination: what stands there already decides how it is written to. */
public final class Sinks {
    private static final String NAMELESS = "download";

    private Sinks() {}

    /**
     * The sink; nothing is opened before it begins.
     *
     * @param note is told what a person may want to know, such as that a part is begun anew
     */
    public static Sink of(Delivery.Destination destination, Surroundings surroundings, Consumer<String> note)
            throws IOException {
        // First, and without a switch over types, which costs classes at each start.
        if (destination instanceof Delivery.Stdout stdout) {
            return stdout(stdout.raw(), surroundings);
        }
        if (destination instanceof Delivery.Named named) {
            return named(named, surroundings, note);
        }
        return new FileSink(remote((Delivery.Remote) destination, surroundings), note);
    }

    /**
     * The sink for a destination whose part is to be continued ({@code -C}); the place is checked, and so is the part when
     * the sink is asked for it.
     *
     * @param asked the URL that is asked for: a part of another is not continued
     */
    public static Sink continuing(
            Delivery.Destination destination, Url asked, Surroundings surroundings, Consumer<String> note)
            throws IOException {
        if (destination instanceof Delivery.Remote remote && remote.urlName() != null) {
            checkRemote(remote, surroundings);
            Path name = remote.directory().resolve(remote.urlName());
            var naming = Adding.known(
                    surroundings.workingDirectory(), name, remote.rules().createDirectories());
            return new FileSink(naming, note, asked);
        }
        if (!(destination instanceof Delivery.Named named)) {
            throw Leftover.nothingKept("standard output");
        }
        if (!(place(named.path(), surroundings) instanceof Place.Regular regular)) {
            throw Leftover.nothingKept(named.path().toString());
        }
        Replacing naming = replacing(named, regular);
        try {
            naming.checkPlace();
        } catch (IOException e) {
            throw WriteFault.of(named.path(), e);
        }
        return new FileSink(naming, note, asked);
    }

    private static Sink stdout(boolean raw, Surroundings surroundings) {
        return raw || !surroundings.isTerminal(1)
                ? StdoutSink.plain(surroundings.stdout())
                : StdoutSink.onTerminal(surroundings.stdout());
    }

    private static Sink named(Delivery.Named named, Surroundings surroundings, Consumer<String> note)
            throws IOException {
        return switch (place(named.path(), surroundings)) {
            case Place.Stdout() -> stdout(false, surroundings);
            case Place.Straight straight -> new StraightSink(named.path(), straight);
            case Place.Regular regular
            when named.rules().keepExisting() -> new FileSink(numbered(named, surroundings), note);
            case Place.Regular regular -> new FileSink(replacing(named, regular), note);
            case Place.Directory() -> throw directory(named.path());
        };
    }

    private static Replacing replacing(Delivery.Named named, Place.Regular place) {
        return new Replacing(named.path(), place, named.rules().createDirectories());
    }

    private static Adding numbered(Delivery.Named named, Surroundings surroundings) {
        return new Adding(
                surroundings.workingDirectory(),
                reply -> named.path(),
                named.rules().createDirectories(),
                true);
    }

    private static Adding remote(Delivery.Remote remote, Surroundings surroundings) {
        return new Adding(
                surroundings.workingDirectory(),
                reply -> remote.directory().resolve(name(remote, reply)),
                remote.rules().createDirectories(),
                remote.rules().keepExisting());
    }

    private static String name(Delivery.Remote remote, Reply reply) {
        Optional<String> given = remote.fromHeader()
                ? reply.head().headers().first("Content-Disposition").flatMap(FileName::fromHeader)
                : Optional.empty();
        return given.or(() -> Optional.ofNullable(remote.urlName())).orElse(NAMELESS);
    }

    /** Whether what is written to it is out, and cannot be taken back. */
    public static boolean isStraight(Sink sink) {
        return sink instanceof StdoutSink || sink instanceof StraightSink;
    }

    /** Writes a text of relay's own, such as a help page, to standard output. */
    public static void print(String text, Surroundings surroundings) throws IOException {
        StdoutSink.plain(surroundings.stdout()).write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Throws, with code 23, when a destination cannot possibly be written to; nothing is made or changed. */
    public static void check(Delivery.Destination destination, Surroundings surroundings) throws IOException {
        if (destination instanceof Delivery.Named named) {
            try {
                checkNamed(named, surroundings);
            } catch (IOException e) {
                throw WriteFault.of(named.path(), e);
            }
        } else if (destination instanceof Delivery.Remote remote) {
            checkRemote(remote, surroundings);
        }
    }

    private static void checkNamed(Delivery.Named named, Surroundings surroundings) throws IOException {
        switch (place(named.path(), surroundings)) {
            case Place.Stdout() -> {}
            case Place.Straight(Path path, boolean append) -> {
                if (!Files.isWritable(path)) {
                    throw WriteFault.because(named.path(), "permission denied").exception();
                }
            }
            case Place.Regular regular
            when named.rules().keepExisting() ->
                Folder.check(Folder.of(regular.path()), named.rules().createDirectories(), named.path());
            case Place.Regular regular -> replacing(named, regular).check();
            case Place.Directory() -> throw directory(named.path());
        }
    }

    private static void checkRemote(Delivery.Remote remote, Surroundings surroundings) throws IOException {
        Path folder =
                surroundings.workingDirectory().resolve(remote.directory()).toAbsolutePath();
        Folder.check(folder, remote.rules().createDirectories(), remote.directory());
        boolean mayDiffer = remote.fromHeader() || remote.rules().keepExisting();
        String name = remote.urlName() == null ? NAMELESS : remote.urlName();
        if (!mayDiffer && Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw Adding.taken(remote.directory().resolve(name));
        }
    }

    private static Place place(Path path, Surroundings surroundings) throws IOException {
        try {
            return Place.at(surroundings.workingDirectory().resolve(path).toAbsolutePath());
        } catch (IOException e) {
            throw WriteFault.of(path, e);
        }
    }

    private static IOException directory(Path path) {
        return WriteFault.because(path, "it is a directory").exception();
    }
}
