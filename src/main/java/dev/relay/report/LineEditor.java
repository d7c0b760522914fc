package dev.relay.report;

import dev.relay.io.Editing;
import dev.relay.io.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * A line editor on standard input and output, with the keys of Emacs and a history. What was typed is remembered until the
 * run ends and is written nowhere, for it may be a secret.
 */
final class LineEditor implements Editing {
    /** How long the thread that waits for a key is given to see that nobody waits for it any more. */
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private final Surroundings surroundings;
    private final Runnable interrupt;
    private final Terminal terminal;
    private final Above above;
    private final List<Runnable> watched = new ArrayList<>();
    private @Nullable Thread typing;
    private boolean closed;

    private LineEditor(Surroundings surroundings, Runnable interrupt, Terminal terminal) {
        this.surroundings = surroundings;
        this.interrupt = interrupt;
        this.terminal = terminal;
        this.above = new Above(reader(terminal), surroundings);
    }

    /** Takes hold of the terminal; null for one that cannot move its cursor. */
    static @Nullable Editing open(Surroundings surroundings, Runnable interrupt) {
        String type = surroundings.environment().getOrDefault("TERM", "");
        if (type.isEmpty() || type.equals("dumb")) {
            return null;
        }
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .provider("ffm")
                    .dumb(false)
                    .type(type)
                    .encoding(StandardCharsets.UTF_8)
                    // A question to the terminal, whose answer would have to be waited for.
                    .graphemeCluster(false)
                    // A signal ends the run as it always does; what the editor wants to know is told by watch.
                    .nativeSignals(false)
                    .build();
            // From the first to the last line, not while one is asked for alone: a key that is hit in between is kept.
            var _ = terminal.enterRawMode();
            return new LineEditor(surroundings, interrupt, terminal);
        } catch (IOException | RuntimeException _) {
            // Lines can be typed without an editor, too.
            return null;
        }
    }

    private static Above.Reader reader(Terminal terminal) {
        var reader = new Above.Reader(terminal);
        var parser = new DefaultParser();
        // What is typed is sent, whatever it looks like.
        parser.setEscapeChars(null);
        parser.setQuoteChars(null);
        reader.setParser(parser);
        reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        reader.option(LineReader.Option.BRACKETED_PASTE, false);
        reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
        // There is nothing to be completed.
        KeyMap<org.jline.reader.Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
        if (keys != null) {
            keys.bind(new Reference(LineReader.SELF_INSERT), "\t");
        }
        return reader;
    }

    @Override
    public Surroundings around() {
        return new Surroundings(
                surroundings.environment(),
                surroundings.workingDirectory(),
                new Typed(),
                above,
                surroundings.isTerminal(2)
                        ? new PrintStream(above.stream(), true, StandardCharsets.UTF_8)
                        : surroundings.stderr(),
                surroundings.terminals(),
                surroundings.nanoTime(),
                surroundings.clock(),
                surroundings.prompt());
    }

    /** The size of the terminal may change, and the terminal may have been another's for a while. */
    private void watch(Terminal.Signal signal) {
        Object before = Signals.register(signal.name(), () -> terminal.raise(signal));
        watched.add(() -> Signals.unregister(signal.name(), before));
    }

    private synchronized boolean begin() {
        if (closed) {
            return false;
        }
        if (typing == null) {
            watch(Terminal.Signal.WINCH);
            watch(Terminal.Signal.CONT);
        }
        typing = Thread.currentThread();
        return true;
    }

    private byte @Nullable [] line() throws IOException {
        if (!begin()) {
            throw new InterruptedIOException("the editor was closed");
        }
        try {
            String line = above.ask();
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (EndOfFileException _) {
            return null;
        } catch (UserInterruptException e) {
            interrupt.run();
            var stopped = new InterruptedIOException("stopped while a line was typed");
            stopped.initCause(e);
            throw stopped;
        }
    }

    @Override
    public void close() {
        Thread waiting;
        synchronized (this) {
            closed = true;
            waiting = typing;
        }
        if (waiting != null) {
            waiting.interrupt();
            try {
                boolean _ = waiting.join(A_MOMENT);
            } catch (InterruptedException _) {
                // The run has ended: what is left is to give the terminal back.
                Thread.currentThread().interrupt();
            }
        }
        watched.forEach(Runnable::run);
        try {
            above.end();
            terminal.close();
        } catch (IOException _) {
            // A terminal that is gone has nothing to be restored.
        }
    }

    /** What is typed, line by line. */
    private final class Typed extends InputStream {
        private byte[] line = new byte[0];
        private int at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at == line.length && !ended) {
                byte[] next = line();
                ended = next == null;
                line = next == null ? new byte[0] : next;
                at = 0;
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
