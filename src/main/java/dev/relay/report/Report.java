package dev.relay.report;

import dev.relay.io.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file of {@code --report}: whole or not there at all. It is written beside its place and moved there; a device or
 * a pipe is written straight to, and {@code -} is standard output.
 */
final class Report {
    private final Surroundings surroundings;
    private final Path wanted;

    Report(Surroundings surroundings, Path wanted) {
        this.surroundings = surroundings;
        this.wanted = wanted;
    }

    /** Writes it, replacing an older one; throws a fault that names the file. */
    void write(Facts facts) throws IOException {
        byte[] bytes = FactsJson.report(facts).getBytes(StandardCharsets.UTF_8);
        if (wanted.toString().equals("-")) {
            Stdout.write(surroundings, bytes);
            return;
        }
        try {
            write(surroundings.workingDirectory().resolve(wanted), bytes);
        } catch (IOException e) {
            throw WriteFailure.of(wanted.toString(), e);
        }
    }

    private void write(Path path, byte[] bytes) throws IOException {
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            // Nothing to replace.
            beside(path, bytes);
            return;
        }
        // A move onto a device would replace it by a file; /dev/stdout may even be the file that holds the payload.
        if (there.isOther() || isDescriptor(path)) {
            Files.write(path, bytes, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } else if (there.isDirectory()) {
            throw new IOException("it is a directory");
        } else {
            beside(path.toRealPath(), bytes);
        }
    }

    private static boolean isDescriptor(Path path) {
        Path plain = path.toAbsolutePath().normalize();
        return plain.startsWith("/dev/fd")
                || plain.startsWith("/dev/stdout")
                || plain.startsWith("/dev/stderr")
                || plain.startsWith("/proc");
    }

    private void beside(Path place, byte[] bytes) throws IOException {
        Path part = place.resolveSibling("." + place.getFileName() + "."
                + Long.toHexString(ProcessHandle.current().pid()) + "-"
                + Long.toHexString(surroundings.nanoTime().getAsLong()));
        try {
            Files.write(part, bytes, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
