package dev.relay.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The value of a Retry-After header field (RFC 9110 §10.2.3): seconds, or a date. */
public final class RetryAfter {
    private RetryAfter() {}

    /** How long the server asks to be left alone; null when it does not say, or not in words that can be read. */
    public static @Nullable Duration of(Head head, Instant now) {
        String value = head.headers().first("Retry-After").orElse("").strip();
        if (isDigits(value)) {
            long seconds = Decimal.parse(value);
            return Duration.ofSeconds(seconds < 0 ? Long.MAX_VALUE : seconds);
        }
        Instant then = HttpDate.parse(value, now);
        // What cannot be read asks for nothing.
        return then == null ? null : then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    }

    private static boolean isDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
