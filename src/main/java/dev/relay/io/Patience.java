package dev.relay.io;

import dev.relay.plan.Limits;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the server may keep us waiting for the body. Only time spent waiting for it is counted, never the time of
 * the reader of our output: a reader that sleeps for an hour breaks nothing.
 */
public final class Patience {
    private static final long FOR_EVER = Long.MAX_VALUE;
    /** How much longer than it was to a wait may last on a busy machine, in nanoseconds. */
    private static final long LATE = 500_000_000;

    private final long idle;
    private final Limits.@Nullable Speed speed;
    private long silence;
    private long waited;
    private long bytes;
    private final BooleanSupplier excused;
    private String reason = "";

    /** @param events whether a stream of events is awaited, which may be silent unless the user said otherwise */
    public Patience(Limits limits, boolean events) {
        this(limits, events, () -> false);
    }

    /** @param excused whether the server waits for us just now, and may be as silent as it likes */
    public Patience(Limits limits, boolean events, BooleanSupplier excused) {
        this.excused = excused;
        Duration limit = events && !limits.idleForEvents() ? null : limits.idle();
        this.idle = limit == null ? FOR_EVER : limit.toNanos();
        this.speed = limits.speed();
    }

    /** The nanoseconds to wait before asking {@link #isOver} again, at least 1. */
    public long left() {
        long untilIdle = idle - silence;
        long left = speed == null ? untilIdle : Math.min(untilIdle, speed.over().toNanos() - waited);
        return Math.max(1, left);
    }

    /** Bytes came. */
    public void came(int count) {
        silence = 0;
        bytes += count;
    }

    /** That many nanoseconds of waiting have passed. Says whether that was too much. */
    public boolean isOver(long nanos) {
        if (excused.getAsBoolean()) {
            silence = 0;
            waited = 0;
            bytes = 0;
            return false;
        }
        silence += nanos;
        waited += nanos;
        if (silence >= idle) {
            reason = "nothing came for " + text(Duration.ofNanos(idle));
            return true;
        }
        if (speed != null && waited >= speed.over().toNanos()) {
            if (bytes < enough(speed)) {
                reason = "slower than " + speed.bytesPerSecond() + " bytes a second for " + text(speed.over());
                return true;
            }
            waited = 0;
            bytes = 0;
        }
        return false;
    }

    /**
     * As {@link #isOver}, of a wait that was to last no longer than {@link #left} said. One that lasted much longer was
     * that of a process that was stopped (SIGSTOP, Ctrl-Z), which waits for nobody: what came meanwhile is still unread.
     */
    public boolean isOverAfterWait(long nanos) {
        long stopped = nanos - LATE > left() ? nanos : 0;
        return isOver(nanos - stopped);
    }

    /** Which limit was passed. */
    public String reason() {
        return reason;
    }

    private static long enough(Limits.Speed speed) {
        return (long) (speed.bytesPerSecond() * (speed.over().toNanos() / 1e9));
    }

    /** {@code 30 s}, {@code 0.5 s}: a duration as people say it. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
    }
}
