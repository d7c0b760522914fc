package dev.relay.report;

/** A fact of a run, as the value of a variable. Methods, not a switch: linking one costs a short run milliseconds. */
sealed interface Value {
    /** As {@code --write-out} prints it, not yet safe to show. */
    String text();

    /** As the next value in a JSON text. */
    void writeTo(Json json);

    /** Characters. */
    record Text(String text) implements Value {
        @Override
        public void writeTo(Json json) {
            json.text(text);
        }
    }

    /** A count, a code, a number of bytes, or bytes a second. */
    record Amount(long number) implements Value {
        @Override
        public String text() {
            return Long.toString(number);
        }

        @Override
        public void writeTo(Json json) {
            json.literal(text());
        }
    }

    /** A time in nanoseconds, told in seconds with six decimals, as curl does. */
    record Time(long nanos) implements Value {
        @Override
        public String text() {
            long micros = nanos / 1000;
            String decimals = Long.toString(micros % 1_000_000);
            return micros / 1_000_000 + "." + "0".repeat(6 - decimals.length()) + decimals;
        }

        @Override
        public void writeTo(Json json) {
            json.literal(text());
        }
    }
}
