package dev.relay.listener;

import dev.relay.io.Patience;
import dev.relay.plan.Limits;
import dev.relay.wire.Inlet;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a client is still there while it is being answered, by reading what it sends: nothing, as a rule, until
 * it leaves. One that leaves too early has the thread that answers it interrupted, whatever that is waiting for; so an
 * upstream that is silent is given up at once, and not with its next byte.
 */
final class Presence implements AutoCloseable {
    /** What the client does. */
    enum State {
        /** It is there, as far as can be known. */
        THERE,
        /** It has sent something that was not asked for, another request perhaps: it is no longer watched. */
        TALKING,
        /** It has ended its direction in order. */
        ENDED,
        /** The connection was reset. */
        RESET
    }

    private final Inlet inlet;
    private final Thread answering;
    private final Thread watching;
    private State state = State.THERE;
    private boolean complete;
    private boolean gone;
    private @Nullable IOException how;

    private Presence(Inlet inlet) {
        this.inlet = inlet;
        this.answering = Thread.currentThread();
        this.watching = Thread.ofVirtual().name("presence").unstarted(this::watch);
    }

    /** For the thread that calls. Nobody else may read from the connection from {@link #begin} on. */
    static Presence of(Inlet inlet) {
        return new Presence(inlet);
    }

    /** Watches from now on. */
    void begin() {
        watching.start();
    }

    private void watch() {
        try {
            became(inlet.await(new Patience(Limits.NONE, false)) ? State.TALKING : State.ENDED, null);
        } catch (EOFException e) {
            // TLS without its goodbye: many clients leave that way, with everything or without.
            became(State.ENDED, e);
        } catch (InterruptedIOException _) {
            // The watch is over.
            became(State.TALKING, null);
        } catch (IOException e) {
            became(State.RESET, e);
        }
    }

    private synchronized void became(State now, @Nullable IOException reason) {
        state = now;
        how = reason;
        if (now != State.TALKING && !complete) {
            gone = true;
            answering.interrupt();
        }
        notifyAll();
    }

    /**
     * The client is about to be sent the last byte: from now on it may leave whenever it likes.
     *
     * @throws ClientGoneException when it has left already
     */
    synchronized void completing() throws ClientGoneException {
        check();
        complete = true;
    }

    /** Throws when the client has left before it had everything; clears the interrupt that said so. */
    synchronized void check() throws ClientGoneException {
        if (gone) {
            boolean _ = Thread.interrupted();
            throw new ClientGoneException("it closed the connection", how);
        }
    }

    /** Waits for the client to leave. */
    synchronized State await(long nanos) throws InterruptedIOException {
        long deadline = System.nanoTime() + nanos;
        while (state == State.THERE) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new InterruptedIOException("stopped while the client was leaving");
                stopped.initCause(e);
                throw stopped;
            }
        }
        return state;
    }

    synchronized State state() {
        return state;
    }

    /** Ends the watch; no interrupt comes from it any more. */
    @Override
    public void close() {
        synchronized (this) {
            complete = true;
            if (gone) {
                boolean _ = Thread.interrupted();
            }
        }
        watching.interrupt();
    }
}
