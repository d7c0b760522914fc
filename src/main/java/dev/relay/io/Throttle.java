package dev.relay.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds a stream back to a rate ({@code --limit-rate}): bytes pass in slices of a twentieth of a second, and time that
 * was lost is not made up for by a burst of more than one slice.
 */
public final class Throttle implements Chunks {
    private static final int SLICES_PER_SECOND = 20;

    private final Chunks source;
    private final long rate;
    private final LongSupplier nanoTime;
    private @Nullable ByteBuffer rest;
    private long due;

    /** @param rate bytes a second, at least 1 */
    public Throttle(Chunks source, long rate, LongSupplier nanoTime) {
        this.source = source;
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        ByteBuffer bytes = rest;
        if (bytes == null || !bytes.hasRemaining()) {
            bytes = source.next();
            if (bytes == null) {
                return null;
            }
        }
        int size = (int) Math.min(bytes.remaining(), Math.max(1, rate / SLICES_PER_SECOND));
        ByteBuffer slice = bytes.slice(bytes.position(), size);
        bytes.position(bytes.position() + size);
        rest = bytes;
        await(size);
        return slice;
    }

    private void await(int size) throws IOException {
        long now = nanoTime.getAsLong();
        long slack = TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND;
        due = Math.max(due, now - slack);
        due += (long) (size * 1e9 / rate);
        try {
            TimeUnit.NANOSECONDS.sleep(due - now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        var stopped = new InterruptedIOException("stopped while holding back");
        stopped.initCause(cause);
        return stopped;
    }

    @Override
    public void close() {
        source.close();
    }
}
