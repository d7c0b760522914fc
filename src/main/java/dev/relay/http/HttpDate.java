package dev.relay.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A date in a header field, in any of the three forms that a recipient must take (RFC 9110 §5.6.7). */
public final class HttpDate {
    /** The form that is sent, whose day and hour have two digits. */
    private static final DateTimeFormatter SENT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The moment as a header field has it, in whole seconds. */
    public static String format(Instant moment) {
        return SENT.format(moment);
    }

    /** The moment; null when the text is no date. */
    static @Nullable Instant parse(String text, Instant now) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException _) {
            return obsolete(text, now);
        }
    }

    /** As RFC 850 and as the C library's asctime have it. */
    private static @Nullable Instant obsolete(String text, Instant now) {
        try {
            return text.indexOf(',') < 0
                    ? local(text, DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US))
                    : local(text, rfc850(now));
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static Instant local(String text, DateTimeFormatter form) {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
    }

    /** Two digits name a year of the last fifty, or of the next. */
    private static DateTimeFormatter rfc850(Instant now) {
        int first = now.atZone(ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}
