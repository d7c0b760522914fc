package dev.relay.io;

import dev.relay.plan.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the server may keep us waiting for the body. Only time spent waiting for it is counted, never the time of
 * the reader of our output: a reader that sleeps for an hour breaks nothing.
 */
public final class Patience {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final long idle;
    private final Limits.@Nullable Speed speed;
    private long waited;
    private long bytes;

    public Patience(Limits limits) {
        this.idle = limits.idle() == null ? FOR_EVER : limits.idle().toNanos();
        this.speed = limits.speed();
    }

    /** The nanoseconds that the next bytes may take. */
    public long left() {
        if (speed == null || bytes >= enough(speed)) {
            return idle;
        }
        return Math.min(idle, Math.max(0, speed.over().toNanos() - waited));
    }

    /** Bytes came after that many nanoseconds of waiting. Says whether they came fast enough. */
    public boolean came(long nanos, int count) {
        if (speed == null) {
            return true;
        }
        waited += nanos;
        bytes += count;
        if (waited < speed.over().toNanos()) {
            return true;
        }
        boolean fastEnough = bytes >= enough(speed);
        waited = 0;
        bytes = 0;
        return fastEnough;
    }

    /** Why the waiting ended, after nothing came for as long as {@link #left} said. */
    public String reason() {
        if (speed != null && speed.over().toNanos() - waited < idle && bytes < enough(speed)) {
            return "slower than " + speed.bytesPerSecond() + " bytes a second for " + text(speed.over());
        }
        return "nothing came for " + text(Duration.ofNanos(idle));
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
