package dev.relay.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The value of a Retry-After header field (RFC 9110 §10.2.3): seconds, or a date. */
public final class RetryAfter {
    private RetryAfter() {}

    /** How long the server asks to be left alone; null when it does not say, or not in words that can be read. */
    public static @Nullable Duration of(Head head, Instant now) {
        String value = head.headers().first("Retry-After").orElse("").strip();
        long seconds = Decimal.parse(value);
        if (seconds >= 0) {
            return Duration.ofSeconds(seconds);
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException e) {
            // What cannot be read asks for nothing.
            return null;
        }
    }
}
