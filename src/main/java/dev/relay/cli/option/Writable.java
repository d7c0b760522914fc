package dev.relay.cli.option;

import dev.relay.cli.value.Misuse;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether an output can be written, as far as a look can tell: exit code 23 before anything is sent. */
final class Writable {
    private Writable() {}

    /** @param typed the name as the user gave it */
    static void checkFile(Path file, String typed, boolean createDirectories) throws FaultException {
        if (typed.endsWith("/") || Files.isDirectory(file)) {
            throw fault(typed, "is a directory", null);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            if (!Files.isWritable(file)) {
                throw fault(typed, "permission denied", null);
            }
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            checkDirectory(directory, typed, createDirectories);
        }
    }

    /** A directory that takes new files, or one that can be made. */
    static void checkDirectory(Path directory, String typed, boolean create) throws FaultException {
        Path standing = directory.toAbsolutePath();
        while (create && !Files.exists(standing, LinkOption.NOFOLLOW_LINKS) && standing.getParent() != null) {
            standing = standing.getParent();
        }
        if (!Files.exists(standing)) {
            throw fault(typed, "no such directory", create ? null : "--create-dirs makes it");
        }
        if (!Files.isDirectory(standing)) {
            throw fault(typed, Misuse.onOneLine(standing.toString()).concat(" is not a directory"), null);
        }
        if (!Files.isWritable(standing)) {
            throw fault(typed, "permission denied in ".concat(Misuse.onOneLine(standing.toString())), null);
        }
    }

    /** A name that the user did not choose replaces nothing. */
    static void checkUntaken(Path file, boolean keepExisting) throws FaultException {
        if (!keepExisting && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw fault(
                    file.toString(),
                    "exists, and -O replaces nothing",
                    "--no-clobber writes beside it, -o FILE replaces FILE");
        }
    }

    private static FaultException fault(String typed, String why, @Nullable String hint) {
        Fault fault = Fault.of(ExitCode.OUTPUT_FAILED, Misuse.onOneLine(typed), why);
        return (hint == null ? fault : fault.withHint(hint)).exception();
    }
}
