package dev.relay.listener;

import dev.relay.io.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a conversation: moves a body on a thread of its own, piece by piece, and remembers how that ended. It
 * is a thread of the system, for standard output blocks whatever runs on a virtual one.
 */
final class Direction {
    /** Where a body goes. */
    interface Way {
        /** Takes all of the buffer's bytes. */
        void take(ByteBuffer bytes) throws IOException;

        /** There are no more. */
        void end() throws IOException;

        /** There would be more, and they cannot be had. */
        void giveUp();
    }

    private final Chunks from;
    private final Way to;
    private final Thread thread;
    private volatile long moved;
    private volatile boolean whole;
    private volatile @Nullable Exception unread;
    private volatile @Nullable Exception untaken;

    private Direction(String name, Chunks from, Way to) {
        this.from = from;
        this.to = to;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::move);
    }

    static Direction start(String name, Chunks from, Way to) {
        var direction = new Direction(name, from, to);
        direction.thread.start();
        return direction;
    }

    private void move() {
        long total = 0;
        try {
            for (ByteBuffer piece = next(); piece != null; piece = next()) {
                int count = piece.remaining();
                to.take(piece);
                total += count;
                moved = total;
            }
            if (unread == null) {
                to.end();
                whole = true;
            }
        } catch (IOException | RuntimeException e) {
            untaken = e;
        }
    }

    private @Nullable ByteBuffer next() {
        try {
            return from.next();
        } catch (IOException | RuntimeException e) {
            unread = e;
            to.giveUp();
            return null;
        }
    }

    /** Waits for its end, whatever that is. */
    void join() throws InterruptedException {
        thread.join();
    }

    /** Ends it, wherever it is. */
    void stop() {
        thread.interrupt();
    }

    /** Waits until it has ended, though an interrupt asks to hurry: after {@link #stop} that is soon. */
    void finish() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many bytes went from the one to the other. */
    long moved() {
        return moved;
    }

    /** Whether the end came, and was passed on. */
    boolean isWhole() {
        return whole;
    }

    /** Why the next bytes could not be had; null while all is well. */
    @Nullable
    Exception unread() {
        return unread;
    }

    /** Why they could not be passed on; null while all is well. */
    @Nullable
    Exception untaken() {
        return untaken;
    }
}
