package dev.relay.io;

import dev.relay.outcome.Outcome;
import dev.relay.outcome.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Ends a transfer from outside: a signal, or the limit of the whole run. The transfer's thread is interrupted, which
 * ends every wait and every blocked write, and unwinds in order.
 */
public final class Cancellation {
    private final Thread transfer;
    private String where = "";
    private @Nullable Outcome reason;
    private boolean settled;

    /** @param transfer the thread to interrupt */
    public Cancellation(Thread transfer) {
        this.transfer = transfer;
    }

    /** Names what is being done, for the line that says what was stopped. */
    public synchronized void during(String what) {
        where = what;
    }

    /** Ends the transfer with that outcome; the first reason counts. */
    public synchronized void cancel(Outcome outcome) {
        if (reason == null && !settled) {
            reason = outcome;
            transfer.interrupt();
        }
    }

    /** The transfer has ended: from now on nothing can end it. Says why it was ended, null when by itself. */
    public synchronized @Nullable Outcome settle() {
        settled = true;
        return reason;
    }

    /** Ends the transfer for a signal. */
    public synchronized void stop(StopSignal signal) {
        cancel(new Outcome.Stopped(signal, where));
    }
}
