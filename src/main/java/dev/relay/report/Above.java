package dev.relay.report;

import dev.relay.io.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jline.reader.EndOfFileException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/**
 * Where things are shown while a line is typed: above it, line by line. One that has begun and does not go on stands, after
 * a moment, in front of what is typed, as the question that it may be.
 */
final class Above implements WritableByteChannel {
    /** How long a line may take to be completed. */
    private static final Duration A_MOMENT = Duration.ofMillis(150);
    /** A line that is longer, in bytes, is shown in pieces. */
    private static final int LONGEST = 2000;

    private final Reader reader;
    private final Surroundings below;
    /** What has come of a line that is not complete. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    /** How much of that is shown in front of what is typed. */
    private int shown;

    private boolean waiting;
    /** Nothing is typed any more. */
    private boolean ended;

    /** @param below where things go when nothing is typed any more */
    Above(Reader reader, Surroundings below) {
        this.reader = reader;
        this.below = below;
    }

    /** Waits for a line; to be asked by one thread. */
    String ask() throws IOException {
        String line;
        try {
            line = reader.readLine(question());
        } catch (EndOfFileException e) {
            end();
            throw e;
        }
        answered();
        return line;
    }

    private synchronized String question() {
        shown = begun.size();
        return Reader.quoted(begun.toString(StandardCharsets.UTF_8));
    }

    /** The question and the answer stay where they are. */
    private synchronized void answered() {
        byte[] all = begun.toByteArray();
        begun.reset();
        begun.write(all, shown, all.length - shown);
        shown = 0;
        later();
    }

    /** What comes from now on is shown as it comes. */
    synchronized void end() throws IOException {
        if (!ended) {
            ended = true;
            if (begun.size() > shown) {
                straight(begun.toByteArray());
            }
            begun.reset();
        }
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        if (ended) {
            straight(all);
        } else {
            take(all);
        }
        return all.length;
    }

    private void take(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        begun.write(bytes, 0, end);
        boolean whole = end > 0;
        if (!whole && begun.size() + bytes.length > LONGEST) {
            begun.write(bytes, 0, bytes.length);
            end = bytes.length;
            whole = true;
        }
        if (whole) {
            if (shown > 0) {
                reader.ask("");
                shown = 0;
            }
            reader.printAbove(begun.toString(StandardCharsets.UTF_8));
            begun.reset();
        }
        begun.write(bytes, end, bytes.length - end);
        later();
    }

    private void later() {
        if (begun.size() > shown && !waiting && !ended) {
            waiting = true;
            Thread.ofVirtual().start(this::showBegun);
        }
    }

    private void showBegun() {
        try {
            Thread.sleep(A_MOMENT);
        } catch (InterruptedException _) {
            return;
        }
        synchronized (this) {
            waiting = false;
            if (!ended && begun.size() > shown) {
                shown = begun.size();
                reader.ask(Reader.quoted(begun.toString(StandardCharsets.UTF_8)));
            }
        }
    }

    private void straight(byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            int _ = below.stdout().write(left);
        }
    }

    /** The same place, for what is told on the way. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                tell(bytes, offset, length);
            }
        };
    }

    private synchronized void tell(byte[] bytes, int offset, int length) {
        if (ended) {
            below.stderr().write(bytes, offset, length);
        } else {
            take(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Does nothing: the terminal is given back by whoever took hold of it. */
    @Override
    public void close() {}

    /** JLine's reader, whose prompt changes while a line is typed. */
    static final class Reader extends LineReaderImpl {
        Reader(Terminal terminal) {
            super(terminal, "relay", null);
        }

        /** What the prompt's own language does not change. */
        static String quoted(String text) {
            return text.replace("%", "%%");
        }

        void ask(String question) {
            lock.lock();
            try {
                setPrompt(question);
                if (reading) {
                    boolean _ = redisplay();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
