package dev.relay.support;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** How much the client lets us send (RFC 9113 §5.2). */
final class Http2Windows {
    private static final int DEFAULT = 65_535;

    private final Map<Integer, Long> streams = new HashMap<>();
    private long connection = DEFAULT;
    private int initial = DEFAULT;
    private boolean closed;

    synchronized void open(int stream) {
        streams.put(stream, (long) initial);
    }

    /** The client's first window for a stream, which changes those that are open, too. */
    synchronized void initial(int size) {
        streams.replaceAll((id, window) -> window + size - initial);
        initial = size;
        notifyAll();
    }

    synchronized void widen(int stream, int by) {
        if (stream == 0) {
            connection += by;
        } else {
            streams.computeIfPresent(stream, (id, window) -> window + by);
        }
        notifyAll();
    }

    /** That stream is over: whoever waits to send on it fails. */
    synchronized void close(int stream) {
        streams.remove(stream);
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Takes at most that much from the windows, waiting until there is something to take. */
    synchronized int take(int stream, int wanted) throws IOException, InterruptedException {
        while (true) {
            Long window = streams.get(stream);
            if (closed || window == null) {
                throw new IOException("the client gave up stream " + stream);
            }
            int granted = (int) Math.min(wanted, Math.min(connection, window));
            if (granted > 0) {
                connection -= granted;
                streams.put(stream, window - granted);
                return granted;
            }
            wait();
        }
    }
}
