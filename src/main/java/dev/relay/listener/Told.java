package dev.relay.listener;

import java.util.Locale;

/** Sizes and times as people say them. */
final class Told {
    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

    private Told() {}

    /** {@code 512 bytes}, {@code 1.2 GB}: units of a thousand. */
    static String size(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 999.5 && unit < UNITS.length - 1) {
            number /= 1000;
            unit++;
        }
        if (bytes == 1) {
            return "1 byte";
        }
        return String.format(Locale.ROOT, unit > 0 && number < 99.95 ? "%.1f %s" : "%.0f %s", number, UNITS[unit]);
    }

    /** {@code 0.3 s}, {@code 8 s}, {@code 2 min 5 s}. */
    static String time(long nanos) {
        double seconds = nanos / 1e9;
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
