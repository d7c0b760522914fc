package dev.relay.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body that have come before their turn: a ring as large as all segments that are fetched at a time. The
 * byte at offset {@code o} has its place at {@code o} modulo the ring's size, and may be put there when the reader has
 * done with the byte that had the place before: so memory is bounded, and whoever is too far ahead waits.
 */
final class Window {
    /** The most that the reader is given at once, so that places become free while it is busy. */
    private static final int PIECE = 256 * 1024;

    private final ByteBuffer ring;
    private final int segmentSize;
    /** How much of a segment has come; two segments may share a place, one behind the other. */
    private final long[] come;
    /** What the reader has done with, and what it has been given. */
    private long done;

    private long given;
    private @Nullable IOException failure;

    /** Outside the heap, whose limit is meant for other things. */
    Window(int segments, int segmentSize) {
        this.segmentSize = segmentSize;
        this.ring = Arena.ofAuto().allocate((long) segments * segmentSize).asByteBuffer();
        this.come = new long[2 * segments];
    }

    /** Waits until the first byte of that segment has a place. */
    synchronized void awaitTurn(long segment) throws IOException {
        awaitRoom(segment * segmentSize);
        come[slot(segment)] = 0;
    }

    private int slot(long segment) {
        return (int) (segment % come.length);
    }

    private synchronized void awaitRoom(long offset) throws IOException {
        try {
            while (offset >= done + ring.capacity()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /** Takes all of the buffer's bytes, which follow those of that segment that have come, waiting for room. */
    void put(long segment, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            long offset = segment * segmentSize + room(segment);
            int count;
            synchronized (this) {
                count = (int) Math.min(bytes.remaining(), done + ring.capacity() - offset);
            }
            // This run of bytes is nobody else's: it can be filled without holding up the others.
            ring.put((int) (offset % ring.capacity()), bytes, bytes.position(), count);
            bytes.position(bytes.position() + count);
            arrived(segment, count);
        }
    }

    private synchronized long room(long segment) throws IOException {
        long offset = come[slot(segment)];
        awaitRoom(segment * segmentSize + offset);
        return offset;
    }

    private synchronized void arrived(long segment, int count) {
        come[slot(segment)] += count;
        if (given / segmentSize == segment) {
            notifyAll();
        }
    }

    /** The next bytes in order; those that were given before are done with. Waits for them. */
    synchronized ByteBuffer next() throws IOException {
        if (done != given) {
            done = given;
            notifyAll();
        }
        long segment = given / segmentSize;
        long inside = given % segmentSize;
        try {
            while (come[slot(segment)] <= inside && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        }
        if (failure != null) {
            throw failure;
        }
        int count = (int) Math.min(PIECE, come[slot(segment)] - inside);
        ByteBuffer piece = ring.slice((int) (given % ring.capacity()), count);
        given += count;
        return piece;
    }

    /** One of those that fetch has failed: no more can be read. */
    synchronized void fail(IOException why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    private static IOException stopped(InterruptedException cause) {
        Thread.currentThread().interrupt();
        var stopped = new InterruptedIOException("stopped while waiting for a segment");
        stopped.initCause(cause);
        return stopped;
    }
}
