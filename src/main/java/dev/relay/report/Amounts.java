package dev.relay.report;

/** Sizes and times as people read them. */
final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final long SECOND = 1_000_000_000L;

    private Amounts() {}

    /** {@code 512 B}, {@code 1.20 KiB}, {@code 54.0 MiB}: three digits, units of 1024. */
    static String size(long bytes) {
        int unit = unit(bytes);
        return number(bytes, unit, decimals(bytes, unit)) + " " + UNITS[unit];
    }

    /** {@code 54.0 of 120.0 MiB}, the first number as wide as the second: it grows in its place. */
    static String of(long bytes, long total) {
        int unit = unit(total);
        int decimals = decimals(total, unit);
        String all = number(total, unit, decimals);
        String some = number(Math.min(bytes, total), unit, decimals);
        return " ".repeat(all.length() - some.length()) + some + " of " + all + " " + UNITS[unit];
    }

    /** {@code 12.3 MiB/s}. */
    static String rate(double perSecond) {
        return size((long) perSecond) + "/s";
    }

    /** {@code 54M}: four characters at most. */
    static String brief(long bytes) {
        int unit = unit(bytes);
        String number = number(bytes, unit, decimals(bytes, unit) == 2 && unit > 0 ? 1 : 0);
        return number.length() == 4 ? brief(bytes + (bytes >> 5)) : number + UNITS[unit].charAt(0);
    }

    private static int unit(long bytes) {
        int unit = 0;
        // What would be rounded to 1024 belongs to the next.
        while (unit < UNITS.length - 1 && Math.round(in(bytes, unit)) >= 1024) {
            unit++;
        }
        return unit;
    }

    private static double in(long bytes, int unit) {
        return (double) bytes / (1L << (10 * unit));
    }

    private static int decimals(long bytes, int unit) {
        if (unit == 0) {
            return 0;
        }
        double value = in(bytes, unit);
        return value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    }

    private static String number(long bytes, int unit, int decimals) {
        int scale = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
        long scaled = Math.round(in(bytes, unit) * scale);
        String whole = Long.toString(scaled / scale);
        if (decimals == 0) {
            return whole;
        }
        String rest = Long.toString(scaled % scale);
        return whole + "." + "0".repeat(decimals - rest.length()) + rest;
    }

    /** {@code 0:05}, {@code 1:02:03}, {@code 3 days}: a time by the clock. */
    static String clock(long nanos) {
        long seconds = nanos / SECOND;
        long hours = seconds / 3600;
        if (hours >= 100) {
            return hours / 24 + " days";
        }
        String rest = two(seconds % 60);
        return hours == 0 ? seconds / 60 + ":" + rest : hours + ":" + two(seconds / 60 % 60) + ":" + rest;
    }

    /** {@code 4 s}, {@code 5 min}: a time by words, whole seconds. */
    static String time(long nanos) {
        long seconds = nanos / SECOND;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** {@code 1.2 s}, {@code 45 s}: how long something took. */
    static String duration(long nanos) {
        if (nanos >= 100 * SECOND) {
            return clock(nanos);
        }
        long tenths = nanos / (SECOND / 10);
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
