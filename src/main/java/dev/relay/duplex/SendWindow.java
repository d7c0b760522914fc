package dev.relay.duplex;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** How much the server is ready to take (RFC 9113 §5.2), of the stream and of the connection: the body waits for it here. */
final class SendWindow {
    private static final int AT_FIRST = 65_535;
    private static final long LARGEST = Integer.MAX_VALUE;

    private long connection = AT_FIRST;
    private long stream = AT_FIRST;
    private long initial = AT_FIRST;
    private @Nullable IOException closed;

    /** Waits until something may be sent, and says how much of what is wanted. */
    synchronized int take(int wanted) throws IOException {
        while (closed == null && Math.min(connection, stream) <= 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new InterruptedIOException("stopped while waiting for the server to read");
                stopped.initCause(e);
                throw stopped;
            }
        }
        if (closed != null) {
            throw closed;
        }
        int granted = (int) Math.min(wanted, Math.min(connection, stream));
        connection -= granted;
        stream -= granted;
        return granted;
    }

    /** The server takes more: of the stream, or of the whole connection, which is stream 0. */
    synchronized void widen(int of, int by) throws IOException {
        if (by <= 0) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a window that is widened by nothing");
        }
        if (of == 0) {
            connection += by;
        } else {
            stream += by;
        }
        check();
    }

    /** The server says how large the window of a stream is in the beginning: this one changes by the difference. */
    synchronized void initial(long size) throws IOException {
        stream += size - initial;
        initial = size;
        check();
    }

    private void check() throws IOException {
        if (connection > LARGEST || stream > LARGEST) {
            throw new ConnectionErrorException(Http2Error.FLOW_CONTROL_ERROR, "a window that is too large");
        }
        notifyAll();
    }

    /** Nothing more is to be sent. */
    synchronized void close(IOException why) {
        closed = closed == null ? why : closed;
        notifyAll();
    }
}
