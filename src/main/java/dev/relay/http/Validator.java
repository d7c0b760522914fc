package dev.relay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What names one state of a resource, byte for byte (RFC 9110 §8.8.1): only a strong validator lets two responses be
 * put together.
 *
 * @param fieldValue what If-Range sends: an entity tag with its quotes, or a date
 */
public record Validator(String fieldValue) {
    /** What tells the century of a year of two digits: any moment of these decades will do. */
    private static final Instant ABOUT_NOW = Instant.ofEpochSecond(1_750_000_000);

    /** How much older than the response a modification must be, so that clocks that differ a little do no harm. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** The strong validator of a response: its ETag, or else a Last-Modified that is strong under RFC 9110 §8.8.2.2. */
    public static Optional<Validator> strong(Headers headers) {
        Optional<String> tag = headers.only("ETag");
        if (headers.contains("ETag")) {
            // A weak tag says that the bytes may differ while the date stays: the date is not asked then.
            return tag.filter(Validator::isStrongTag).map(Validator::new);
        }
        return headers.only("Last-Modified")
                .filter(modified -> headers.only("Date")
                        .map(date -> isSettled(modified, date))
                        .orElse(false))
                .map(Validator::new);
    }

    /** {@code "…"} with nothing in between that an entity tag may not hold (RFC 9110 §8.8.3). */
    private static boolean isStrongTag(String tag) {
        if (tag.length() < 2 || !tag.startsWith("\"") || !tag.endsWith("\"")) {
            return false;
        }
        for (int at = 1; at < tag.length() - 1; at++) {
            char c = tag.charAt(at);
            if (c <= ' ' || c == '"' || c == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSettled(String modified, String date) {
        Instant sent = HttpDate.parse(date, ABOUT_NOW);
        Instant changed = HttpDate.parse(modified, ABOUT_NOW);
        // A date that cannot be read proves nothing.
        return sent != null && changed != null && !changed.plus(SETTLED).isAfter(sent);
    }
}
