package dev.relay.support;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long a test waits for an event before it is a failure: long enough for a busy machine, never a measure. */
public final class Patience {
    /** The longest wait for anything, so that a test that hangs ends with a reason. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Patience() {}

    /**
     * Waits on the monitor, which the caller holds, until the condition is met.
     *
     * @param what completes the sentence "waited in vain for …"
     */
    static void await(Object monitor, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                monitor.wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    /** Waits until the thread has ended, for the limit at most. */
    static void join(Thread thread) {
        try {
            thread.join(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
