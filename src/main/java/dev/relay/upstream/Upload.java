package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.io.Throttle;
import dev.relay.io.Witness;
import dev.relay.io.body.RequestBody;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import dev.relay.wire.ChunkedOutlet;
import dev.relay.wire.Line;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends the body of a request on a thread of its own, while another waits for the answer: a server that answers before it
 * has all of the body is heard. What cannot be read to its end is never ended in order, so that the server cannot take it
 * for whole.
 */
final class Upload {
    private enum State {
        NEW,
        SENDING,
        SENT,
        /** The connection broke under it. */
        BROKEN,
        /** This side cannot go on: the body cannot be read, or a limit has passed. */
        FAILED,
        /** Nobody wants the rest. */
        STOPPED
    }

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final RequestBody body;
    private final Line line;
    private final Url url;
    private final Limits limits;
    private final Witness witness;
    private final Thread thread;
    private State state = State.NEW;
    private @Nullable IOException failure;
    private long endedAt;
    private long sent;

    Upload(RequestBody body, Line line, Url url, Limits limits, Witness witness) {
        this.body = body;
        this.line = line;
        this.url = url;
        this.limits = limits;
        this.witness = witness;
        // A platform thread: a read of standard input would pin a virtual one. It may be left behind in that read.
        this.thread = Thread.ofPlatform().daemon().name("upload").unstarted(this::run);
    }

    /** Begins to send, unless it has begun. */
    synchronized void start() {
        if (state == State.NEW) {
            state = State.SENDING;
            thread.start();
        }
    }

    synchronized boolean isStarted() {
        return state != State.NEW;
    }

    synchronized boolean isSending() {
        return state == State.SENDING;
    }

    /** Whether all of it was sent. */
    synchronized boolean isSent() {
        return state == State.SENT;
    }

    /** Whether the connection broke while it was sent. */
    synchronized boolean isBroken() {
        return state == State.BROKEN;
    }

    /** When the sending ended, as {@link System#nanoTime} has it. */
    synchronized long endedAt() {
        return endedAt;
    }

    /** How many bytes of the body have gone. */
    synchronized long sent() {
        return sent;
    }

    /** Why this side could not go on; null when it was not this side. */
    synchronized @Nullable FaultException failure() {
        return state == State.FAILED && failure instanceof FaultException fault ? fault : null;
    }

    /** How the connection broke; null when it did not. */
    synchronized @Nullable IOException breakage() {
        return state == State.BROKEN ? failure : null;
    }

    /** Nobody wants the rest. */
    void stop() {
        synchronized (this) {
            if (state == State.NEW || state == State.SENDING) {
                state = State.STOPPED;
            }
        }
        thread.interrupt();
    }

    /** Waits until it has ended, however long this side takes. */
    void await() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while sending to " + url);
            stopped.initCause(e);
            throw stopped;
        }
    }

    /** The connection has ended: gives what is on its last bytes a moment to say that they have gone. */
    void settle() {
        try {
            boolean _ = thread.join(MOMENT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Chunks content = content()) {
            send(content);
            end(State.SENT, null);
        } catch (FaultException e) {
            // First the reason, then the break that makes the other thread look for it.
            end(State.FAILED, e);
            line.abort();
        } catch (IOException e) {
            end(State.BROKEN, e);
        } catch (RuntimeException | Error e) {
            end(
                    State.FAILED,
                    Fault.of(ExitCode.INTERNAL, url.toString(), e.toString()).exception(e));
            line.abort();
        }
    }

    private synchronized void end(State how, @Nullable IOException why) {
        if (state == State.SENDING) {
            state = how;
            failure = why;
            endedAt = System.nanoTime();
        }
    }

    private Chunks content() throws IOException {
        Chunks content = body.open();
        return limits.rate() == null ? content : new Throttle(content, limits.rate(), System::nanoTime);
    }

    private void send(Chunks content) throws IOException {
        long length = body.length();
        long patience = patience();
        var outlet = length < 0 ? new ChunkedOutlet(line, patience) : null;
        var pace = new Patience(limits, false);
        int most = largestPiece();
        for (ByteBuffer bytes = content.next(); bytes != null; bytes = content.next()) {
            if (length >= 0 && sent() + bytes.remaining() > length) {
                throw unequal("it has more than the " + length + " bytes that were promised");
            }
            while (bytes.hasRemaining()) {
                int size = Math.min(most, bytes.remaining());
                ByteBuffer piece = bytes.slice(bytes.position(), size);
                bytes.position(bytes.position() + size);
                write(piece, outlet, patience, pace);
            }
        }
        if (outlet != null) {
            outlet.end();
        } else if (sent() != length) {
            throw unequal("only " + sent() + " of the " + length + " bytes that were promised");
        }
    }

    private void write(ByteBuffer piece, @Nullable ChunkedOutlet outlet, long patience, Patience pace)
            throws IOException {
        int size = piece.remaining();
        long since = System.nanoTime();
        try {
            if (outlet == null) {
                line.write(patience, piece);
            } else {
                outlet.write(piece);
            }
        } catch (SocketTimeoutException e) {
            String why = "nothing was taken for " + Patience.text(Duration.ofNanos(patience));
            throw Fault.of(ExitCode.TIME_LIMIT, url.toString(), why).exception(e);
        }
        synchronized (this) {
            sent += size;
        }
        witness.sent(size);
        // Only the time that the server takes counts: that of whoever gives us the body does not.
        pace.came(size);
        if (pace.isOver(System.nanoTime() - since)) {
            throw Fault.of(ExitCode.TIME_LIMIT, url.toString(), pace.reason()).exception();
        }
    }

    /** How long the server may take nothing at all. */
    private long patience() {
        long idle = limits.idle() == null ? Line.FOR_EVER : limits.idle().toNanos();
        return limits.speed() == null
                ? idle
                : Math.min(idle, limits.speed().over().toNanos());
    }

    /** Small enough for a server that is too slow to be found out in time. */
    private int largestPiece() {
        Limits.Speed speed = limits.speed();
        if (speed == null) {
            return Integer.MAX_VALUE;
        }
        double quarter = speed.bytesPerSecond() * (speed.over().toMillis() / 4000.0);
        return (int) Math.clamp(quarter, 1, 64 * 1024);
    }

    private static FaultException unequal(String why) {
        return Fault.of(ExitCode.INPUT_FAILED, "the request body", why).exception();
    }
}
