package dev.relay.report;

import dev.relay.http.Secret;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a secret on the terminal that relay was started from, which standard input and output need not be. While it is
 * typed the terminal shows nothing; a signal restores it before the process ends.
 */
public final class TerminalPrompt {
    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final int LONGEST = 4096;

    private TerminalPrompt() {}

    /** Asks, and reads one line; null when there is no terminal. */
    public static @Nullable Secret ask(String question) throws IOException {
        FileChannel terminal;
        try {
            // A channel, for a read of it ends when its thread is interrupted.
            terminal = FileChannel.open(TERMINAL, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            // No such device, or none that belongs to this process: whoever asked has another way to say it.
            return null;
        }
        try (terminal;
                var echo = Echo.off(TERMINAL.toString())) {
            var restore = new Thread(echo::close, "restores the terminal");
            Runtime.getRuntime().addShutdownHook(restore);
            try {
                write(terminal, Printable.of(question));
                return new Secret(line(terminal));
            } finally {
                forget(restore);
            }
        } catch (ClosedByInterruptException e) {
            try (var again = new FileOutputStream(TERMINAL.toString())) {
                // What is told next begins a line.
                again.write('\n');
            }
            var stopped = new InterruptedIOException("stopped while waiting for an answer");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static String line(FileChannel terminal) throws IOException {
        var line = ByteBuffer.allocate(LONGEST);
        while (line.hasRemaining()) {
            int got = terminal.read(line);
            boolean ended = got < 0 || line.get(line.position() - 1) == '\n';
            if (got == 0 || !ended) {
                continue;
            }
            // The line break that was typed is not shown either.
            write(terminal, "\n");
            if (got < 0 && line.position() == 0) {
                throw new IOException("the question was not answered");
            }
            int end = line.position() - (got < 0 ? 0 : 1);
            return new String(line.array(), 0, end, StandardCharsets.UTF_8);
        }
        throw new IOException("the answer is longer than " + LONGEST + " bytes");
    }

    private static void write(FileChannel terminal, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            terminal.write(bytes);
        }
    }

    private static void forget(Thread restore) {
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException _) {
            // The process is ending: the hook restores the terminal, if this thread has not yet.
        }
    }
}
