package dev.relay.wire;

import dev.relay.io.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** The bytes that come over a line, read ahead: no byte is lost between a head and the body that follows it. */
public final class Inlet {
    private final Line line;
    /** In reading position. */
    private final ByteBuffer buffer;

    /** @param capacity how many bytes are read ahead at most */
    public Inlet(Line line, int capacity) {
        this.line = line;
        this.buffer = ByteBuffer.allocateDirect(capacity).limit(0);
    }

    /** What has come and was not taken yet: whoever takes of it moves its position. */
    public ByteBuffer waiting() {
        return buffer;
    }

    /**
     * Waits for more, when nothing is waiting.
     *
     * @return false at the end of what the other side sends
     * @throws SocketTimeoutException when the server was silent for longer than that, or too slow; its message says which
     */
    public boolean await(Patience patience) throws IOException {
        while (!buffer.hasRemaining()) {
            long since = System.nanoTime();
            int count;
            try {
                count = fill(patience.left());
            } catch (SocketTimeoutException _) {
                // The limit that is nearest need not be the one that counts: that is for the patience to say.
                count = 0;
            }
            boolean over = patience.isOverAfterWait(System.nanoTime() - since);
            if (count < 0) {
                return false;
            }
            if (over) {
                throw new SocketTimeoutException(patience.reason());
            }
            if (count > 0) {
                patience.came(count);
            }
        }
        return true;
    }

    /**
     * Waits until something is there, or the other side has ended: the next read will not have to wait.
     *
     * @param nanos how long to wait at most; 0 not at all
     * @return false when nothing came in that time
     */
    public boolean comes(long nanos) throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        try {
            fill(nanos);
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    /**
     * The next byte.
     *
     * @param deadline until when to wait for it, as {@link System#nanoTime} has it; {@link Line#FOR_EVER} for no limit
     * @throws EOFException when there is none
     */
    public int next(long deadline) throws IOException {
        int value = nextOrEnd(deadline);
        if (value < 0) {
            throw new EOFException("the connection was closed");
        }
        return value;
    }

    /** The next byte; -1 at the end of what the other side sends. */
    int nextOrEnd(long deadline) throws IOException {
        while (!buffer.hasRemaining()) {
            long left = deadline == Line.FOR_EVER ? Line.FOR_EVER : deadline - System.nanoTime();
            if (fill(left) < 0) {
                return -1;
            }
        }
        return buffer.get() & 0xFF;
    }

    private int fill(long nanos) throws IOException {
        buffer.clear();
        int count = -1;
        try {
            count = line.read(buffer, nanos);
            return count;
        } finally {
            buffer.flip();
        }
    }
}
