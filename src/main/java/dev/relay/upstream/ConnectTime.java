package dev.relay.upstream;

import dev.relay.wire.Line;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that a connection may take, name look-up and handshakes included, running since it was begun.
 *
 * @param start as {@link System#nanoTime} has it
 * @param limit null for none
 */
record ConnectTime(long start, @Nullable Duration limit) {
    static ConnectTime begin(@Nullable Duration limit) {
        return new ConnectTime(System.nanoTime(), limit);
    }

    /** What is left of a limit that has been running since {@code start}. */
    static Duration left(Duration limit, long start) {
        Duration left = limit.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What is left, in nanoseconds. */
    long left() {
        return limit == null ? Line.FOR_EVER : left(limit, start).toNanos();
    }

    /** When it is over, as {@link System#nanoTime} has it. */
    long deadline() {
        return limit == null ? Line.FOR_EVER : start + limit.toNanos();
    }
}
