package dev.relay.listener;

import dev.relay.io.Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, a piece at a time, as it comes. What was handed out and not taken is handed out again: a client that
 * leaves before it was sent a byte takes nothing from the next. A wait for it ends with an interrupt, which a read of
 * standard input does not.
 */
final class Feed implements Chunks {
    /** The largest piece, in bytes: twice what a pipe holds. */
    private static final int PIECE = 128 * 1024;

    private final InputStream in;
    private final byte[] bytes = new byte[PIECE];
    private @Nullable ByteBuffer piece;
    private @Nullable IOException failure;
    private boolean begun;
    private boolean ended;

    /** @param in is read from the first call of {@link #next} on */
    Feed(InputStream in) {
        this.in = in;
    }

    @Override
    public synchronized @Nullable ByteBuffer next() throws IOException {
        if (!begun) {
            begun = true;
            var reading = new Thread(this::read, "standard input");
            reading.setDaemon(true);
            reading.start();
        }
        if (piece != null && !piece.hasRemaining()) {
            piece = null;
            notifyAll();
        }
        await();
        if (piece == null && failure != null) {
            throw failure;
        }
        return piece;
    }

    private synchronized void await() throws InterruptedIOException {
        try {
            while (piece == null && failure == null && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting for standard input");
            stopped.initCause(e);
            throw stopped;
        }
    }

    /** Whether some of a piece was taken, and not all. */
    synchronized boolean isTouched() {
        return piece != null && piece.position() > 0;
    }

    private void read() {
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (count > 0 && !put(count)) {
                    return;
                }
            }
            became(null);
        } catch (IOException e) {
            became(e);
        }
    }

    /** Waits until the piece has been taken, for the bytes are the same. */
    private synchronized boolean put(int count) {
        piece = ByteBuffer.wrap(bytes, 0, count);
        notifyAll();
        while (piece != null) {
            try {
                wait();
            } catch (InterruptedException _) {
                return false;
            }
        }
        return true;
    }

    private synchronized void became(@Nullable IOException why) {
        failure = why;
        ended = why == null;
        notifyAll();
    }

    /** Does nothing: a read that waits cannot be ended, and its thread ends with the process. */
    @Override
    public void close() {}
}
