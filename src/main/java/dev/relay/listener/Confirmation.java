package dev.relay.listener;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** The end of a response: whether all of it has reached the client. */
final class Confirmation {
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);

    private final Connection connection;
    private final Presence presence;

    Confirmation(Connection connection, Presence presence) {
        this.connection = connection;
        this.presence = presence;
    }

    /**
     * Waits for it.
     *
     * @param most how many nanoseconds the client may take to close once it has confirmed everything
     * @param first how long to leave the first word of goodbye to it
     */
    void await(long most, long first) throws IOException {
        boolean known = acknowledged();
        Presence.State state = first > 0 ? presence.await(first) : presence.state();
        if (state == Presence.State.THERE || state == Presence.State.TALKING) {
            end();
            state = presence.await(most);
        }
        if (state == Presence.State.RESET) {
            throw new ClientGoneException("it closed the connection with bytes unread", null);
        }
        if (state != Presence.State.ENDED && !known) {
            throw new ClientGoneException("it did not close the connection", null);
        }
    }

    /** Waits until the client's system has confirmed all bytes. False when nobody tells. */
    private boolean acknowledged() throws IOException {
        long wait = SHORTEST;
        long least = Long.MAX_VALUE;
        long since = System.nanoTime();
        long still = connection.allowances().still().toNanos();
        while (true) {
            long missing = connection.unacknowledged();
            if (missing == Unacknowledged.UNKNOWN || missing == 0) {
                return missing == 0;
            }
            if (missing == Unacknowledged.ABSENT || presence.state() == Presence.State.RESET) {
                throw new ClientGoneException("the connection broke before its end", null);
            }
            if (missing < least) {
                least = missing;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > still) {
                throw new ClientGoneException("it took nothing for " + Told.time(still), null);
            }
            pause(wait);
            wait = Math.min(LONGEST, wait * 2);
        }
    }

    private void end() throws IOException {
        try {
            connection.line().shutdownOutput();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException("the connection broke at its end", e);
        }
    }

    private static void pause(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while the last bytes were on their way");
            stopped.initCause(e);
            throw stopped;
        }
    }
}
