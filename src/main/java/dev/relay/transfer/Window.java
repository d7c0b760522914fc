package dev.relay.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body that have come before their turn: a ring as large as all segments that are fetched at a time. The
 * byte at offset {@code o} has its place at {@code o} modulo the ring's size, and may be put there when the reader has
 * done with the byte that had the place before: so memory is bounded, and whoever is too far ahead waits. It also says
 * who fetches what: the first segment that is missing always has somebody who fetches it.
 */
final class Window {
    /** The most that the reader is given at once, so that places become free while it is busy. */
    private static final int PIECE = 256 * 1024;

    /** The ring, in pieces that are made when the body turns out to be that long. */
    private final @Nullable ByteBuffer[] places;

    private final int segmentSize;
    private final long size;
    private final long count;
    /** How much of a segment has come; two segments may share a place, one behind the other. */
    private final long[] come;
    /** What those that fetch have been told of the bytes before a segment. */
    private final @Nullable ByteBuffer[] leads;
    /** The first segment that nobody has begun, and those that were begun in vain. */
    private long next;

    private final PriorityQueue<Long> returned = new PriorityQueue<>();
    private int fetching;
    /** What the reader has done with, and what it has been given. */
    private long done;

    private long given;
    private long arrived;
    private @Nullable IOException failure;

    /**
     * Outside the heap, whose limit is meant for other things.
     *
     * @param lanes how many fetch at a time, and how many segments have a place
     * @param count how many segments there are
     */
    Window(int lanes, int segmentSize, long count) {
        this.segmentSize = segmentSize;
        this.places = new ByteBuffer[lanes];
        this.size = (long) lanes * segmentSize;
        this.come = new long[2 * lanes];
        this.leads = new ByteBuffer[2 * lanes];
        this.count = count;
        this.fetching = lanes;
    }

    /** The segment to fetch: the first that nobody fetches. Waits until its first byte has a place, or for ever. */
    synchronized long take() throws IOException {
        try {
            while (returned.isEmpty() && (next == count || next * segmentSize >= done + size)) {
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        }
        return returned.isEmpty() ? next++ : returned.remove();
    }

    /** Leaves a segment, of which nothing has come, to the others for good; false when there are none. */
    synchronized boolean giveBack(long segment) {
        if (fetching == 1) {
            return false;
        }
        fetching--;
        returned.add(segment);
        notifyAll();
        return true;
    }

    private ByteBuffer place(long segment) {
        return Objects.requireNonNull(places[(int) (segment % places.length)]);
    }

    private int slot(long segment) {
        return (int) (segment % come.length);
    }

    private synchronized void awaitRoom(long offset) throws IOException {
        try {
            while (offset >= done + size) {
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /** Takes all of the buffer's bytes, which follow those of that segment that have come, waiting for room. */
    void put(long segment, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), room(segment));
            // This run of bytes is nobody else's: it can be filled without holding up the others.
            place(segment).put((int) come[slot(segment)], bytes, bytes.position(), length);
            bytes.position(bytes.position() + length);
            arrived(segment, length);
        }
    }

    /** How many more bytes of that segment have a place now, at least one. */
    private synchronized int room(long segment) throws IOException {
        long offset = segment * segmentSize + come[slot(segment)];
        awaitRoom(offset);
        int place = (int) (segment % places.length);
        if (places[place] == null) {
            places[place] = ByteBuffer.allocateDirect(segmentSize);
        }
        return (int) Math.min(segmentSize, done + size - offset);
    }

    private synchronized void arrived(long segment, int length) {
        come[slot(segment)] += length;
        arrived += length;
        if (given / segmentSize == segment) {
            notifyAll();
        }
    }

    /** How many bytes have come in all. */
    synchronized long come() {
        return arrived;
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
        int length = (int) Math.min(PIECE, come[slot(segment)] - inside);
        ByteBuffer piece = place(segment).slice((int) inside, length);
        given += length;
        if (given % segmentSize == 0) {
            // The place is for a later segment now, of which nothing has come: its lane may not even have begun.
            come[slot(segment)] = 0;
        }
        return piece;
    }

    /** Keeps what the server says that there is before a segment, until its first byte is read. */
    synchronized void lead(long segment, ByteBuffer bytes) {
        leads[slot(segment)] = bytes.duplicate();
    }

    /** What came before the first byte of that segment, which has come. */
    synchronized ByteBuffer lead(long segment) {
        return Objects.requireNonNull(leads[slot(segment)]);
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
