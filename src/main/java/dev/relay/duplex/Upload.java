package dev.relay.duplex;

import dev.relay.io.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves a body to an outlet on a thread of its own: each piece is sent as soon as it has come, and the end ends the body.
 * It fails by itself: whoever reads the other direction goes on, and asks here when that fails too.
 */
public final class Upload {
    private final Chunks from;
    private final Outlet to;
    private final IntConsumer count;
    private final Thread thread;
    private volatile @Nullable IOException inputFailure;
    private volatile @Nullable IOException sendingFailure;
    private volatile boolean complete;

    private Upload(Chunks from, Outlet to, IntConsumer count, String name) {
        this.from = from;
        this.to = to;
        this.count = count;
        // A read of standard input cannot be ended: the process must not wait for it.
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::move);
    }

    /**
     * Begins.
     *
     * @param count is told how many bytes were sent, piece by piece, by the upload's thread
     * @param name of the thread
     */
    public static Upload start(Chunks from, Outlet to, IntConsumer count, String name) {
        var upload = new Upload(from, to, count, name);
        upload.thread.start();
        return upload;
    }

    private void move() {
        try {
            for (ByteBuffer piece = take(); piece != null; piece = take()) {
                int size = piece.remaining();
                to.write(piece);
                count.accept(size);
            }
            if (inputFailure == null) {
                to.end();
                complete = true;
            }
        } catch (IOException e) {
            sendingFailure = e;
        }
    }

    private @Nullable ByteBuffer take() {
        try {
            return from.next();
        } catch (IOException e) {
            inputFailure = e;
            to.abort();
            return null;
        }
    }

    /** Why no more could be read of what was to be sent; null while all is well. */
    public @Nullable IOException inputFailure() {
        return inputFailure;
    }

    /** Why no more could be sent; null while all is well. */
    public @Nullable IOException sendingFailure() {
        return sendingFailure;
    }

    /** Whether the whole body was sent, its end included. */
    public boolean isComplete() {
        return complete;
    }

    /** Waits for its end, but no longer than that. */
    public void settle(Duration atMost) {
        try {
            boolean _ = thread.join(atMost);
        } catch (InterruptedException e) {
            // Whoever waits next is stopped by it.
            Thread.currentThread().interrupt();
        }
    }
}
