package dev.relay.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a transfer; null where there is none.
 *
 * @param connect name look-up, connection and TLS handshake together
 * @param firstByte from the sent request to the head of the response
 * @param idle the longest silence of the server; the reader's time does not count
 * @param idleForEvents whether that holds for a stream of events too, which may be silent for hours
 * @param total the whole run
 * @param speed the least speed in bytes a second, over {@code speedTime} of waiting for the server
 * @param maxFileSize the largest body, in bytes
 * @param rate the highest speed in bytes a second
 */
public record Limits(
        @Nullable Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle,
        boolean idleForEvents,
        @Nullable Duration total,
        @Nullable Speed speed,
        @Nullable Long maxFileSize,
        @Nullable Long rate) {

    /** No limit at all. */
    public static final Limits NONE = new Limits(null, null, null, false, null, null, null, null);

    /** {@code --speed-limit} bytes a second over {@code --speed-time}. */
    public record Speed(long bytesPerSecond, Duration over) {}

    /** For an exchange that is to take a moment or not to be: each step, and that many bytes, within that time. */
    public Limits brief(Duration moment, long bytes) {
        long millis = Math.max(1, moment.toMillis());
        var enough = new Speed(bytes * 1000 / millis, moment);
        return new Limits(sooner(connect, moment), sooner(firstByte, moment), moment, true, total, enough, null, null);
    }

    private static Duration sooner(@Nullable Duration limit, Duration moment) {
        return limit == null || limit.compareTo(moment) > 0 ? moment : limit;
    }
}
