package dev.relay.report;

import dev.relay.io.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where the text of {@code --write-out} goes: standard output first, then wherever the format turns to. */
final class WriteOutPlace implements Closeable {
    private final Surroundings surroundings;
    private final Stderr err;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Kind kind = Kind.STDOUT;
    private @Nullable OutputStream file;

    private enum Kind {
        STDOUT,
        STDERR,
        FILE
    }

    WriteOutPlace(Surroundings surroundings, Stderr err) {
        this.surroundings = surroundings;
        this.err = err;
    }

    /** What the user has written, or we: as it is. */
    void literal(String text) {
        pending.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What may come from a server: on a terminal it is shown, not obeyed. */
    void value(String text) {
        literal(isTerminal() ? Printable.of(text) : text);
    }

    /** The value of a header field: byte for byte, but on a terminal. */
    void field(String value) {
        if (isTerminal()) {
            value(FieldText.of(value));
        } else {
            pending.writeBytes(FieldText.bytes(value));
        }
    }

    void toStdout() throws IOException {
        flush();
        kind = Kind.STDOUT;
    }

    void toStderr() throws IOException {
        flush();
        kind = Kind.STDERR;
    }

    /** The file is made, or emptied, even when nothing follows; its name counts from the working directory. */
    void toFile(String name, boolean append) throws IOException {
        flush();
        closeFile();
        kind = Kind.FILE;
        var how = append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try {
            file = Files.newOutputStream(
                    surroundings.workingDirectory().resolve(name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    how);
        } catch (InvalidPathException e) {
            throw WriteFailure.of(name, e);
        } catch (IOException e) {
            throw WriteFailure.of(name, e);
        }
    }

    /** Everything so far leaves. */
    void flush() throws IOException {
        byte[] bytes = pending.toByteArray();
        pending.reset();
        if (bytes.length == 0) {
            return;
        }
        switch (kind) {
            case STDOUT -> Stdout.write(surroundings, bytes);
            case STDERR -> err.raw(bytes);
            case FILE -> {
                if (file != null) {
                    file.write(bytes);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
    }

    private void closeFile() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private boolean isTerminal() {
        return switch (kind) {
            case STDOUT -> surroundings.isTerminal(1);
            case STDERR -> surroundings.isTerminal(2);
            case FILE -> false;
        };
    }
}
