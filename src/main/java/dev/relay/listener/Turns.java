package dev.relay.listener;

import dev.relay.io.Patience;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whose turn it is, for the threads that serve; and for the one that waits for the end, how it ended. */
final class Turns {
    private final Shots shots;
    private final LongSupplier nanoTime;
    private final String where;
    private long idleSince;
    private boolean anybodyCame;
    /** Why nobody can be served any more; null as long as somebody can. */
    private @Nullable Outcome end;
    /** Why the last client that was served did not get everything, when that was not its own doing. */
    private @Nullable FaultException failure;

    /** @param where what is handed over, for the line that says how it ended */
    Turns(int count, LongSupplier nanoTime, String where) {
        this.shots = new Shots(count);
        this.nanoTime = nanoTime;
        this.where = where;
        this.idleSince = nanoTime.getAsLong();
    }

    /** Whether that client may be served now; if so, it must {@link #leave}. */
    synchronized boolean enter(Object client) {
        return end == null && shots.begin(client, nanoTime.getAsLong());
    }

    /** A response with a body begins. */
    synchronized void begins(Object client, @Nullable Portion portion) {
        anybodyCame = true;
        notifyAll();
        failure = null;
        if (portion != null) {
            shots.continues(client, portion);
        }
    }

    /** It has reached the client whole; true when that spent a shot. */
    synchronized boolean received(Object client, @Nullable Portion portion) {
        boolean spent = portion != null && shots.received(client, portion);
        if (shots.areSpent()) {
            finish(new Outcome.Delivered());
        }
        return spent;
    }

    /** It has not: after so many bytes the client went away, or the source failed. */
    synchronized void broke(Object client, @Nullable Portion portion, long sent, @Nullable FaultException why) {
        failure = why;
        if (portion != null) {
            shots.broke(client, portion, sent);
        }
    }

    synchronized void leave(Object client, boolean inOrder) {
        shots.end(client, nanoTime.getAsLong(), inOrder);
        if (shots.active() == 0) {
            idleSince = nanoTime.getAsLong();
        }
        notifyAll();
    }

    /** Nobody can be served any more; what was said first counts. */
    synchronized void finish(Outcome how) {
        if (end == null) {
            end = how;
            notifyAll();
        }
    }

    /** The source is used up by a client that went away, or failed. */
    synchronized void exhausted() {
        FaultException why = failure;
        finish(
                why == null
                        ? failed(ExitCode.CLIENT_LEFT, "what it was given cannot be had again")
                        : new Outcome.Failed(why.fault(), why.getCause()));
    }

    /** Whether one response alone is under way. */
    synchronized boolean isOne() {
        return shots.active() == 1;
    }

    /** Whether nobody is being served. */
    synchronized boolean isNobodyThere() {
        return shots.active() == 0;
    }

    /**
     * Waits for the end.
     *
     * @param wait how long nobody may be there; null for any time
     * @param first what is done when the first client has come, by the thread that waits
     */
    synchronized Outcome await(@Nullable Duration wait, Runnable first) throws InterruptedException {
        boolean told = false;
        while (end == null) {
            if (anybodyCame && !told) {
                told = true;
                first.run();
            }
            long now = nanoTime.getAsLong();
            long settling = shots.settling(now);
            if (settling == Long.MAX_VALUE && (wait == null || shots.active() > 0)) {
                wait();
                continue;
            }
            long left = settling != Long.MAX_VALUE || wait == null ? settling : wait.toNanos() - (now - idleSince);
            if (left > 0) {
                // Rounded up, so that it is never asked too early.
                TimeUnit.NANOSECONDS.timedWait(this, left + 1_000_000);
            } else if (shots.settle(now)) {
                settled();
            } else if (wait != null) {
                finish(timeIsUp(wait));
            }
        }
        return end;
    }

    private void settled() {
        if (shots.areSpent()) {
            finish(new Outcome.Delivered());
        }
    }

    private Outcome timeIsUp(Duration wait) {
        FaultException why = failure;
        if (why != null) {
            return new Outcome.Failed(why.fault(), why.getCause());
        }
        String time = Patience.text(wait);
        return anybodyCame
                ? failed(ExitCode.CLIENT_LEFT, "nobody else came for " + time)
                : failed(ExitCode.NOBODY_CAME, "nobody came for " + time);
    }

    private Outcome failed(ExitCode code, String why) {
        return new Outcome.Failed(Fault.of(code, where, why), null);
    }
}
