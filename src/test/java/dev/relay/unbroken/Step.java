package dev.relay.unbroken;

/** What one request runs into. */
sealed interface Step {
    /** The body begins, and ends too early. */
    record Breaks(Point point) implements Step {}

    /** Nothing of the body comes. */
    enum Fails implements Step {
        /** The connection is reset before a byte. */
        RESET,
        /** The connection is closed before a byte. */
        CLOSED,
        /** Nothing comes, and the connection stays. */
        SILENT,
        /** 503 with {@code Retry-After: 0}. */
        UNAVAILABLE,
        /** 429 with a date in the past as its Retry-After. */
        TOO_MANY,
        /** 500 with a body that is not the entity. */
        ERROR
    }

    /** Where in a body. */
    enum Point {
        START,
        SECOND,
        MIDDLE,
        LAST,
        /** All of the body is there, but what would end it is not. */
        END;

        long of(long length) {
            return switch (this) {
                case START -> 0;
                case SECOND -> Math.min(1, length);
                case MIDDLE -> length / 2;
                case LAST -> Math.max(0, length - 1);
                case END -> length;
            };
        }
    }
}
