package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.http.MediaType;
import dev.relay.io.Chunks;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be read once, such as standard input. Its first bytes are kept: while no more has been read of it, a
 * client that goes away is no loss, and the next one gets it from its start.
 */
final class StreamOrigin implements Origin {
    /** How many bytes are kept. */
    static final int KEPT = 1024 * 1024;

    private static final int PIECE = 64 * 1024;

    /** Opens the stream. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /** What was read: bytes, the end, or a failure. */
    private record Arrival(
            @Nullable ByteBuffer bytes, @Nullable IOException failure) {}

    private final Opening opening;
    private final String shown;
    private final String name;
    private final SynchronousQueue<Arrival> arrivals = new SynchronousQueue<>();
    private final byte[] kept = new byte[KEPT];
    private @Nullable Thread reading;
    private @Nullable Arrival last;
    private long read;
    private boolean taken;

    StreamOrigin(Opening opening, String shown, String name) {
        this.opening = opening;
        this.shown = shown;
        this.name = name;
    }

    @Override
    public Known prepare() {
        return new Known(name, -1);
    }

    @Override
    public synchronized Handed open(RequestHead request) throws RefusedException {
        var headers = new Headers(List.of(
                new Headers.Field("Content-Type", MediaType.ofName(name)),
                new Headers.Field("Cache-Control", "no-store"),
                new Headers.Field("Accept-Ranges", "none")));
        if (request.isHead()) {
            return new Handed(200, headers, -1, new NoBody());
        }
        if (taken) {
            throw new RefusedException(503, "it is being handed over");
        }
        taken = true;
        if (reading == null) {
            // A read of standard input cannot be interrupted: it gets a thread that may be left behind.
            reading = new Thread(this::read, "reading " + shown);
            reading.setDaemon(true);
            reading.start();
        }
        return new Handed(200, headers, -1, new Body());
    }

    private void read() {
        try (InputStream in = opening.open()) {
            byte[] buffer = new byte[PIECE];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (count > 0) {
                    arrivals.put(new Arrival(ByteBuffer.wrap(Arrays.copyOf(buffer, count)), null));
                }
            }
            arrivals.put(new Arrival(null, null));
        } catch (IOException e) {
            try {
                arrivals.put(new Arrival(null, e));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isExhausted() {
        return read > KEPT;
    }

    /** The stream for one client: what was kept of it, then what comes. */
    private final class Body implements Chunks {
        private long at;
        private boolean closed;

        @Override
        public @Nullable ByteBuffer next() throws IOException {
            synchronized (StreamOrigin.this) {
                if (at < read) {
                    ByteBuffer again = ByteBuffer.wrap(kept, (int) at, (int) (read - at));
                    at = read;
                    return again;
                }
                if (last != null) {
                    return end(last);
                }
            }
            Arrival arrival = take();
            synchronized (StreamOrigin.this) {
                ByteBuffer bytes = arrival.bytes();
                if (bytes == null) {
                    last = arrival;
                    return end(arrival);
                }
                int count = bytes.remaining();
                if (read + count <= KEPT) {
                    bytes.get(bytes.position(), kept, (int) read, count);
                }
                read += count;
                at = read;
                return bytes;
            }
        }

        private Arrival take() throws IOException {
            try {
                return arrivals.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new InterruptedIOException("stopped while waiting for " + shown);
                stopped.initCause(e);
                throw stopped;
            }
        }

        private @Nullable ByteBuffer end(Arrival arrival) throws FaultException {
            if (arrival.failure() != null) {
                String why = String.valueOf(arrival.failure().getMessage());
                throw Fault.of(ExitCode.INPUT_FAILED, shown, why).exception(arrival.failure());
            }
            return null;
        }

        @Override
        public void close() {
            synchronized (StreamOrigin.this) {
                if (!closed) {
                    closed = true;
                    taken = false;
                }
            }
        }
    }

    @Override
    public void close() {
        Thread thread = reading;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
