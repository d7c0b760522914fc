package dev.relay.io;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come and what it is at: written by the threads that do the work, without a lock, to be read by any
 * other at any time.
 */
public final class Course {
    /** A time of waiting that relay has imposed on itself. */
    public record Pause(String then, long until) {}

    /**
     * A body that is fetched in segments.
     *
     * @param connections how many fetch at a time
     * @param come how many bytes have come, those included whose turn has not
     */
    public record Division(int connections, LongSupplier come) {}

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile Stage stage = Stage.RESOLVING;
    private volatile long offset;
    private volatile long length = -1;
    private volatile long toSend = -1;
    private volatile long begun;
    private volatile boolean visited;
    private volatile boolean answered;
    private volatile boolean bothWays;
    private volatile @Nullable Pause pause;
    private volatile @Nullable Division division;

    Course() {}

    /** Bytes of a body have come. */
    void received(int bytes) {
        received.addAndGet(bytes);
    }

    /** Bytes of a request body have gone. */
    void sent(int bytes) {
        sent.addAndGet(bytes);
    }

    /** A step of the exchange. While several go on at a time, none of them stands for the transfer. */
    void step(Stage next) {
        if (division == null) {
            stage = next;
        }
    }

    void answered() {
        answered = true;
        step(Stage.RECEIVING);
    }

    void pausing(Pause next) {
        if (division == null) {
            pause = next;
            stage = Stage.PAUSING;
        }
    }

    /** The transfer itself is at that now. */
    public void at(Stage next) {
        stage = next;
    }

    /** The first client has come, so many nanoseconds after the start: what is told is told of it. */
    void visited(long after) {
        begun = after;
        visited = true;
    }

    /** A client is there whose two bodies flow at the same time, with no upstream behind it. */
    public void converse() {
        bothWays = true;
        answered = true;
        stage = Stage.RECEIVING;
    }

    /**
     * The body begins.
     *
     * @param from how many bytes of the whole are there already; negative when what has come in this run was of another
     * @param total how many the whole has, -1 when nobody knows
     */
    public void expect(long from, long total) {
        offset = from;
        length = total;
    }

    /** The request has a body of that many bytes, -1 when nobody knows. */
    public void expectToSend(long total) {
        toSend = total;
    }

    /** Request and response body flow at the same time from now on. */
    public void flowBothWays() {
        bothWays = true;
    }

    /** The body is fetched in segments from now on. */
    public void divide(Division into) {
        division = into;
    }

    /** The next body begins, over one connection unless it is divided, too. */
    public void undivided() {
        division = null;
    }

    /** The bytes of the body that have come, in this run. */
    public long received() {
        return received.getOpaque();
    }

    /** The bytes of request bodies that have gone. */
    public long sent() {
        return sent.getOpaque();
    }

    /** How long the run had been going when its first client came, in nanoseconds; 0 when it is for none. */
    public long begun() {
        return begun;
    }

    /** Whether the run is for clients that come. */
    public boolean isVisited() {
        return visited;
    }

    public Stage stage() {
        return stage;
    }

    /** How many bytes of the whole were there before this run. */
    public long offset() {
        return offset;
    }

    /** How many bytes the whole has; -1 when that is not known. */
    public long length() {
        return length;
    }

    /** How many bytes the request body has; -1 when that is not known, or when there is none. */
    public long toSend() {
        return toSend;
    }

    /** Whether the head of a response has come. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether request and response body flow at the same time. */
    public boolean isBothWays() {
        return bothWays;
    }

    /** The last pause, over or not; null before there was one. */
    public @Nullable Pause pause() {
        return pause;
    }

    /** Null for a body that comes over one connection. */
    public @Nullable Division division() {
        return division;
    }
}
