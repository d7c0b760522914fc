package dev.relay.duplex;

import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.wire.Line;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a body and was not taken yet: one thread fills it and never waits, another empties it. It holds no
 * more than the window that the sender was granted (RFC 9113 §5.2), and grows to that only when the reader is slow.
 */
final class Basin implements Chunks {
    /** The window, in bytes: enough for 40 MB a second from a server that is a tenth of a second away. */
    static final int WINDOW = 4 * 1024 * 1024;

    private static final int AT_FIRST = 128 * 1024;
    private static final int PIECE = 128 * 1024;
    /** How many frames in a row may bring nothing. */
    private static final int MOST_EMPTY = 10_000;

    private final FrameWriter writer;
    private final Patience patience;
    private byte[] ring = new byte[0];
    private int start;
    private int size;
    /** How much of it the reader has in its hands. */
    private int lent;
    /** What was taken, and may be sent anew. */
    private int credit;

    private int granted = WINDOW;
    private int empty;
    private boolean ended;
    private @Nullable IOException broken;

    Basin(FrameWriter writer, Patience patience) {
        this.writer = writer;
        this.patience = patience;
    }

    /**
     * A frame comes.
     *
     * @param count how many of its bytes count against the window: its padding, too
     * @param filled whether some of them are the body's
     */
    synchronized void expect(int count, boolean filled) throws IOException {
        empty = filled ? 0 : empty + 1;
        if (empty > MOST_EMPTY) {
            throw new ConnectionErrorException(Http2Error.ENHANCE_YOUR_CALM, "a body of empty frames");
        }
        granted -= count;
        if (granted < 0) {
            throw new ConnectionErrorException(Http2Error.FLOW_CONTROL_ERROR, "more than its window allows");
        }
    }

    /** Takes all of the buffer's bytes. */
    synchronized void put(ByteBuffer bytes) {
        int count = bytes.remaining();
        makeRoom(count);
        int end = (start + size) % ring.length;
        int straight = Math.min(count, ring.length - end);
        bytes.get(ring, end, straight);
        bytes.get(ring, 0, count - straight);
        size += count;
        notifyAll();
    }

    /** What was lent stays where it is, in the ring that was left. */
    private void makeRoom(int count) {
        if (size + count <= ring.length) {
            return;
        }
        int capacity = Math.max(AT_FIRST, ring.length);
        while (capacity < size + count) {
            capacity *= 2;
        }
        byte[] larger = new byte[capacity];
        int straight = Math.min(size, ring.length - start);
        System.arraycopy(ring, start, larger, 0, straight);
        System.arraycopy(ring, 0, larger, straight, size - straight);
        ring = larger;
        start = 0;
    }

    /** Bytes that count against the window and are none of the body's. */
    synchronized void skip(int count) throws IOException {
        give(count);
    }

    /** Everything has come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** No more will come: told to the reader when it has taken what is here. */
    synchronized void fail(IOException why) {
        broken = broken == null ? why : broken;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    @Override
    public synchronized @Nullable ByteBuffer next() throws IOException {
        release();
        await();
        if (size == 0) {
            if (!ended && broken != null) {
                throw broken;
            }
            return null;
        }
        lent = Math.min(PIECE, Math.min(size, ring.length - start));
        patience.came(lent);
        return ByteBuffer.wrap(ring, start, lent).slice();
    }

    private void release() throws IOException {
        if (lent > 0) {
            int count = lent;
            start = (start + count) % ring.length;
            size -= count;
            lent = 0;
            give(count);
        }
    }

    /** Lets the sender send as much anew, in large steps. */
    private void give(int count) throws IOException {
        credit += count;
        if (credit >= WINDOW / 4 && !ended && broken == null) {
            writer.post(Frame.of(Frame.WINDOW_UPDATE, 0, credit));
            writer.post(Frame.of(Frame.WINDOW_UPDATE, Frame.STREAM, credit));
            granted += credit;
            credit = 0;
        }
    }

    /** Waits until there is something, or it is certain that nothing will come. */
    private void await() throws IOException {
        try {
            while (size == 0 && !ended && broken == null) {
                long since = System.nanoTime();
                long left = patience.left();
                wait(left >= Line.FOR_EVER / 2 ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1);
                if (patience.isOverAfterWait(System.nanoTime() - since) && size == 0 && !ended) {
                    throw new SocketTimeoutException(patience.reason());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting for the server");
            stopped.initCause(e);
            throw stopped;
        }
    }

    @Override
    public synchronized void close() {
        fail(new IOException("the body was given up"));
    }
}
