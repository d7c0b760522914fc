package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.relay.io.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A name that may be taken: what has it stays, and the new file gets a number or is refused. */
final class Adding implements Naming {
    /** curl counts as far for {@code --no-clobber}. */
    private static final int HIGHEST = 100;

    private final Path workingDirectory;
    private final Function<Reply, Path> name;
    private final boolean createDirectories;
    private final boolean numbered;
    private @Nullable Path wanted;
    private int number;

    /** @param name the name that a response gets, as it is shown to the user */
    Adding(Path workingDirectory, Function<Reply, Path> name, boolean createDirectories, boolean numbered) {
        this.workingDirectory = workingDirectory;
        this.name = name;
        this.createDirectories = createDirectories;
        this.numbered = numbered;
    }

    /** With a name that is known before the response and not numbered. */
    static Adding known(Path workingDirectory, Path name, boolean createDirectories) {
        var adding = new Adding(workingDirectory, reply -> name, createDirectories, false);
        adding.wanted = name;
        return adding;
    }

    @Override
    public Path target() {
        return absolute();
    }

    @Override
    public PartFile begin(Reply reply) throws IOException {
        wanted = name.apply(reply);
        if (createDirectories) {
            Files.createDirectories(Folder.of(absolute()));
        }
        for (; number < HIGHEST && numbered; number++) {
            PartFile part = tryBegin(reply);
            if (part != null) {
                return part;
            }
        }
        if (Files.exists(absolute(), NOFOLLOW_LINKS)) {
            throw taken();
        }
        return new PartClaim(absolute()).begin(reply);
    }

    /** Null when the name or its part is taken, by whomever: the next one will do as well. */
    private @Nullable PartFile tryBegin(Reply reply) throws IOException {
        if (Files.exists(absolute(), NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            return new PartClaim(absolute()).begin(reply);
        } catch (PartTakenException e) {
            return null;
        }
    }

    @Override
    public void complete(PartFile part) {}

    @Override
    public void appear(PartFile part) throws IOException {
        for (; number < HIGHEST && numbered; number++) {
            if (part.appearAs(absolute())) {
                return;
            }
        }
        if (!part.appearAs(absolute())) {
            throw taken();
        }
    }

    /** The name of a response is taken. */
    static IOException taken(Path name) {
        return WriteFault.because(name, "it already exists")
                .withHint("--no-clobber numbers the new one, -o FILE replaces the old one")
                .exception();
    }

    private IOException taken() {
        return numbered
                ? WriteFault.because(shown(), "all names up to this one are taken")
                        .exception()
                : taken(shown());
    }

    @Override
    public Path shown() {
        if (wanted == null) {
            throw new IllegalStateException("not begun");
        }
        return number == 0 ? wanted : wanted.resolveSibling(wanted.getFileName() + "." + number);
    }

    private Path absolute() {
        return workingDirectory.resolve(shown()).toAbsolutePath();
    }
}
