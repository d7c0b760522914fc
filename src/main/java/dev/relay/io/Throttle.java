package dev.relay.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds a stream back to a rate ({@code --limit-rate}): bytes pass in slices of a hundredth of a second, and of the time
 * that was lost waiting for the server, the reader or the machine no more is made up for than four of them. So no stretch
 * of time ever carries more than its share and a twentieth of a second's.
 */
public final class Throttle implements Chunks {
    private static final int SLICES_PER_SECOND = 100;
    private static final long MADE_UP_FOR = 4 * TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND;

    private final Chunks source;
    private final long rate;
    private final LongSupplier nanoTime;
    private @Nullable ByteBuffer rest;
    /** When the next slice may pass. */
    private long due;
    /** What is missing to the next nanosecond: at high rates a byte takes less than one. */
    private double fraction;

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
        double cost = size * 1e9 / rate + fraction;
        long whole = (long) cost;
        fraction = cost - whole;
        // The clock has an arbitrary origin: only differences mean something.
        due = (due - (now - MADE_UP_FOR) > 0 ? due : now - MADE_UP_FOR) + whole;
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
