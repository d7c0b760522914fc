package dev.relay.unbroken;

import dev.relay.support.Entity;

/** One named combination: how the stream ends too early, and what the server knows, does and has changed by then. */
record Axes(Ending ending, Framing framing, Validators validators, Entity.Ranges ranges, Change change) {
    /** How a body ends before it is whole. */
    enum Ending {
        /** The connection is closed. */
        FIN,
        /** The connection or the stream is reset. */
        RST,
        /** Nothing comes any more, and the connection stays. */
        STALL,
        /** A body that is shorter than its head says, or a part that is shorter than what was asked for. */
        SHORT
    }

    /** How the end of a body is told. */
    enum Framing {
        LENGTH,
        CHUNKED,
        CLOSE,
        HTTP2
    }

    /** By what the entity can be known again. */
    enum Validators {
        STRONG_ETAG,
        WEAK_ETAG,
        /** A Last-Modified that is strong under RFC 9110 §8.8.2.2. */
        LAST_MODIFIED,
        NOTHING;

        boolean isStrong() {
            return this == STRONG_ETAG || this == LAST_MODIFIED;
        }
    }

    /** What has become of the entity when it is asked for again. */
    enum Change {
        NONE,
        /** Other bytes of the same length, with a validator of their own where there are validators. */
        SAME_LENGTH,
        /** Other bytes, and a server that calls them the same. */
        SAME_VALIDATOR
    }

    private static final Entity.Ranges[] TREATMENTS = {
        Entity.Ranges.HONOURED,
        Entity.Ranges.IGNORED,
        Entity.Ranges.WRONG_START,
        Entity.Ranges.WRONG_TOTAL,
        Entity.Ranges.OTHER_ETAG,
        Entity.Ranges.MULTIPART,
        Entity.Ranges.REFUSED
    };

    static final int COUNT = Ending.values().length
            * Framing.values().length
            * Validators.values().length
            * TREATMENTS.length
            * Change.values().length;

    /** The combination of that number, from 0 to before {@link #COUNT}. */
    static Axes of(int number) {
        int left = number;
        var ending = Ending.values()[left % Ending.values().length];
        left /= Ending.values().length;
        var framing = Framing.values()[left % Framing.values().length];
        left /= Framing.values().length;
        var validators = Validators.values()[left % Validators.values().length];
        left /= Validators.values().length;
        var ranges = TREATMENTS[left % TREATMENTS.length];
        left /= TREATMENTS.length;
        return new Axes(ending, framing, validators, ranges, Change.values()[left]);
    }
}
