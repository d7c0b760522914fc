package dev.relay.duplex.websocket;

import dev.relay.wire.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes frames, each whole before the next, whoever writes them; after a Close no data (RFC 6455 §5.5.1). */
final class Sender {
    /** The largest payload of a frame, in bytes. */
    static final int LARGEST = 128 * 1024;

    private static final int LONGEST_HEAD = 14;

    private final Line line;
    private final Masks masks;
    /** Fair: between two pieces of a large message whoever has a pong to send gets his turn. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final ByteBuffer gathered = ByteBuffer.allocateDirect(LARGEST + LONGEST_HEAD);
    private boolean closed;
    private boolean broken;

    Sender(Line line, Masks masks) {
        this.line = line;
        this.masks = masks;
    }

    /**
     * Adds a frame to those that leave with the next {@link #flush}, or before. For one thread.
     *
     * @param payload at most {@link #LARGEST} bytes
     */
    void gather(int opcode, boolean last, ByteBuffer payload) throws IOException {
        if (gathered.remaining() < payload.remaining() + LONGEST_HEAD) {
            flush();
        }
        put(gathered, opcode, last, payload);
    }

    /** Sends what was gathered, waiting as long as the server does not take it. */
    void flush() throws IOException {
        turn.lock();
        try {
            if (closed || broken) {
                throw new ClosedException();
            }
            write(Line.FOR_EVER, gathered.flip());
        } finally {
            turn.unlock();
            gathered.clear();
        }
    }

    /** Sends a ping or a pong, behind what is being sent; does nothing once nothing can be sent. */
    void control(int opcode, byte[] payload) throws IOException {
        turn.lock();
        try {
            if (!broken) {
                write(Line.FOR_EVER, frame(opcode, payload));
            }
        } finally {
            turn.unlock();
        }
    }

    /** Sends the only Close, however long that takes. */
    void close(int code) throws IOException {
        turn.lock();
        try {
            closeNow(code, Line.FOR_EVER);
        } finally {
            turn.unlock();
        }
    }

    /** Sends the only Close if that can be done in that time. */
    void close(int code, Duration within) {
        long nanos = within.toNanos();
        try {
            if (turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                try {
                    closeNow(code, nanos);
                } finally {
                    turn.unlock();
                }
            }
        } catch (IOException _) {
            // A server that is not there, or does not read, misses the farewell: the connection ends all the same.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow(int code, long nanos) throws IOException {
        if (!closed && !broken) {
            closed = true;
            write(nanos, frame(Opcode.CLOSE, Goodbye.payload(code)));
        }
    }

    private ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + LONGEST_HEAD);
        put(frame, opcode, true, ByteBuffer.wrap(payload));
        return frame.flip();
    }

    private void put(ByteBuffer into, int opcode, boolean last, ByteBuffer payload) {
        int length = payload.remaining();
        int key = masks.next();
        into.put((byte) ((last ? 0x80 : 0) | opcode));
        if (length < 126) {
            into.put((byte) (0x80 | length));
        } else if (length <= 0xFFFF) {
            into.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            into.put((byte) (0x80 | 127)).putLong(length);
        }
        into.putInt(key);
        Masks.move(payload, into, key);
    }

    /** A write that fails may have left a part of a frame behind: nothing can follow it. */
    private void write(long nanos, ByteBuffer frames) throws IOException {
        boolean written = false;
        try {
            line.write(nanos, frames);
            written = true;
        } finally {
            broken |= !written;
        }
    }

    /** Something was to be sent behind our Close, or behind a part of a frame: no failure of the connection's. */
    static final class ClosedException extends IOException {
        private static final long serialVersionUID = 1L;

        ClosedException() {
            super("the WebSocket is closed");
        }
    }
}
