package dev.relay.sink;

import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file that cookies are kept in: whole or as it was, and never anybody's to read but its owner's. A device or a pipe
 * is written straight to.
 */
public final class JarFile {
    private JarFile() {}

    /** Writes it, replacing an older one. */
    public static void write(Path file, String text, Surroundings surroundings) throws IOException {
        if (file.getFileName().toString().equals("-")) {
            Sinks.print(text, surroundings);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file, bytes, surroundings);
            }
        } catch (IOException e) {
            String why = e instanceof FileSystemException known && known.getReason() != null
                    ? known.getReason()
                    : String.valueOf(e.getMessage());
            throw Fault.of(ExitCode.OUTPUT_FAILED, file.toString(), why).exception(e);
        }
    }

    private static void replace(Path file, byte[] bytes, Surroundings surroundings) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + "."
                + Long.toHexString(ProcessHandle.current().pid()) + "-"
                + Long.toHexString(surroundings.nanoTime().getAsLong()));
        try {
            try (var channel = Files.newByteChannel(
                    part, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), Access.owner())) {
                channel.write(ByteBuffer.wrap(bytes));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
