package dev.relay.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection: bytes both ways at once, one thread a direction. Waits end with an interrupt, as an
 * {@link java.io.InterruptedIOException}, and with {@link #close} by any thread.
 */
public interface Line extends Closeable {
    /** A wait without a limit. */
    long FOR_EVER = Long.MAX_VALUE;

    /**
     * Reads what has come, waiting for at least one byte.
     *
     * @param nanos how long to wait at most; 0 not at all
     * @return how many bytes; -1 once the other side has ended its direction in order
     * @throws java.net.SocketTimeoutException when nothing came in that time: the line is as it was
     */
    int read(ByteBuffer into, long nanos) throws IOException;

    /**
     * Writes all of the buffers, in order.
     *
     * @param nanos how long nothing at all may move; a slow reader that takes a byte now and then is waited for
     * @throws java.net.SocketTimeoutException when nothing moved for so long: the line is of no further use
     */
    void write(long nanos, ByteBuffer... pieces) throws IOException;

    /** Writes all, however long it takes. */
    default void write(ByteBuffer... pieces) throws IOException {
        write(FOR_EVER, pieces);
    }

    /** Ends this side's direction in order; the other goes on. */
    void shutdownOutput() throws IOException;

    /** Ends both directions by a reset, so that the other side cannot take what it has for whole. */
    void abort();

    /** Ends both directions; what was written still arrives. */
    @Override
    void close();
}
