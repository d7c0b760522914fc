package dev.relay.report;

/** A fact of a run, as the value of a variable. */
sealed interface Value {
    /** Characters, not yet safe to show. */
    record Text(String text) implements Value {}

    /** A count, a code, a number of bytes, or bytes a second. */
    record Amount(long number) implements Value {}

    /** A time, in nanoseconds. */
    record Time(long nanos) implements Value {
        /** In seconds with six decimals, as curl has it. */
        String seconds() {
            long micros = nanos / 1000;
            String decimals = Long.toString(micros % 1_000_000);
            return micros / 1_000_000 + "." + "0".repeat(6 - decimals.length()) + decimals;
        }
    }
}
