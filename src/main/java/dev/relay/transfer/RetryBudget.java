package dev.relay.transfer;

import dev.relay.io.Surroundings;
import dev.relay.io.Wanted;
import dev.relay.io.Witness;
import dev.relay.plan.Recovery;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many tries are left, how long to wait before the next one, and when it is over. */
final class RetryBudget {
    /** The bytes that a try must bring to set the count back: fewer, and a server could keep relay busy for ever. */
    private static final long WORTHWHILE = 64 * 1024;

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** A server that wants more patience than that is not waited for. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private final Recovery recovery;
    private final Surroundings surroundings;
    private final Witness witness;
    private final long started;
    private int used;
    private int waited;
    private long brought;

    /** Begins now. */
    RetryBudget(Recovery recovery, Surroundings surroundings, Witness witness) {
        this.recovery = recovery;
        this.surroundings = surroundings;
        this.witness = witness;
        this.started = surroundings.nanoTime().getAsLong();
    }

    /** Bytes came that were not there before. */
    void progressed(long bytes) {
        brought += bytes;
        if (brought >= WORTHWHILE) {
            refill();
        }
    }

    /** Something came that is worth a new count, however small. */
    void refill() {
        used = 0;
        waited = 0;
    }

    /**
     * How long to wait before the next try; null when there is none.
     *
     * @param asked how long the server wants to be left alone, null when it has not said
     */
    @Nullable
    Duration next(@Nullable Duration asked) {
        Duration wait = asked != null ? asked : brought > 0 && recovery.delay() == null ? Duration.ZERO : backoff();
        if (used >= recovery.retries() || wait.compareTo(LONGEST_ASKED) > 0) {
            return null;
        }
        Duration left = left();
        return left != null && wait.compareTo(left) >= 0 ? null : wait;
    }

    private Duration backoff() {
        if (recovery.delay() != null) {
            return recovery.delay();
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(waited, 10));
        Duration usual = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        // Many that were cut at once must not come back at once: the clock's last digits differ among them.
        long thousandths = 750L + Math.floorMod(surroundings.nanoTime().getAsLong() / 1000, 501);
        return usual.multipliedBy(thousandths).dividedBy(1000);
    }

    /** Spends a try: says why, and what is done about it, and waits. */
    void spend(String why, String doing, Duration wait) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            // What failed may have failed because of that: nothing is tried again, and nobody is told.
            throw new InterruptedIOException("stopped before the next try");
        }
        used++;
        waited += wait.isZero() ? 0 : 1;
        brought = 0;
        String when = wait.isZero() ? "" : " in " + seconds(wait);
        witness.note(why + "; " + doing + when + " (" + used + " of " + recovery.retries() + ")");
        witness.pausing(doing, wait);
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting for the next try");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static String seconds(Duration wait) {
        long tenths = (wait.toMillis() + 99) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    /** The same bytes, asked for within what is left of the time. */
    Wanted limited(Wanted wanted) {
        // The first request has the limits of any request: this one is for tries.
        return used == 0 ? wanted : wanted.within(left());
    }

    private @Nullable Duration left() {
        if (recovery.maxTime() == null) {
            return null;
        }
        Duration gone = Duration.ofNanos(surroundings.nanoTime().getAsLong() - started);
        Duration left = recovery.maxTime().minus(gone);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
