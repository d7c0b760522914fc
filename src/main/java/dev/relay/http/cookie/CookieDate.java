package dev.relay.http.cookie;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the dates of cookies, which come in every form there is (RFC 6265 §5.1.1). */
final class CookieDate {
    private static final Pattern DELIMITERS = Pattern.compile("[\\x09\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?");
    private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?");
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private @Nullable Matcher time;
    private int day;
    private int month;
    private int year = -1;

    private CookieDate() {}

    /** The moment; null when the text is no date. */
    static @Nullable Instant parse(String text) {
        var date = new CookieDate();
        for (String token : DELIMITERS.split(text, -1)) {
            date.take(token);
        }
        return date.instant();
    }

    /** Each token is the first thing that it can be and that is still missing. */
    private void take(String token) {
        Matcher asTime = TIME.matcher(token);
        Matcher asDay = DAY.matcher(token);
        Matcher asYear = YEAR.matcher(token);
        if (time == null && asTime.matches()) {
            time = asTime;
        } else if (day == 0 && asDay.matches()) {
            day = Integer.parseInt(asDay.group(1));
        } else if (month == 0 && monthOf(token) > 0) {
            month = monthOf(token);
        } else if (year < 0 && asYear.matches()) {
            year = Integer.parseInt(asYear.group(1));
        }
    }

    private static int monthOf(String token) {
        int at = token.length() < 3 ? -1 : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
        return at % 3 == 0 ? at / 3 + 1 : 0;
    }

    private @Nullable Instant instant() {
        if (time == null || day == 0 || month == 0 || year < 0) {
            return null;
        }
        int full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
        if (full < 1601) {
            return null;
        }
        try {
            return LocalDateTime.of(full, month, day, number(time, 1), number(time, 2), number(time, 3))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
