package dev.relay.http;

import java.util.Optional;
import java.util.OptionalLong;

/** The value of a Content-Range header field in bytes (RFC 9110 §14.4). */
public sealed interface ContentRange {

    /**
     * The part that a 206 holds: {@code bytes 0-4/10}, {@code bytes 0-4/*}.
     *
     * @param first the offset of its first byte, from 0
     * @param last the offset of its last byte, which is part of it
     * @param total the length of the whole, when the server says it
     */
    record Part(long first, long last, OptionalLong total) implements ContentRange {
        public Part {
            if (first < 0 || last < first || (total.isPresent() && total.getAsLong() <= last)) {
                throw new IllegalArgumentException("no range: " + first + "-" + last + "/" + total);
            }
        }

        /** How many bytes it has, at least 1. */
        public long length() {
            return last - first + 1;
        }

        /** Whether it reaches the end of the whole, as far as the server says. */
        public boolean isTail() {
            return total.isPresent() && last == total.getAsLong() - 1;
        }
    }

    /** What a 416 says: {@code bytes *}{@code /10}, nothing of these bytes was asked for. */
    record Unsatisfied(long total) implements ContentRange {}

    /** Reads a value strictly; empty when it is malformed, impossible, or not in bytes. */
    static Optional<ContentRange> parse(String value) {
        if (!value.regionMatches(true, 0, "bytes ", 0, 6)) {
            return Optional.empty();
        }
        int slash = value.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String range = value.substring(6, slash);
        String whole = value.substring(slash + 1);
        long total = Decimal.parse(whole);
        if (total < 0 && !whole.equals("*")) {
            return Optional.empty();
        }
        if (range.equals("*")) {
            return total < 0 ? Optional.empty() : Optional.of(new Unsatisfied(total));
        }
        int dash = range.indexOf('-');
        long first = dash < 0 ? -1 : Decimal.parse(range.substring(0, dash));
        long last = dash < 0 ? -1 : Decimal.parse(range.substring(dash + 1));
        if (first < 0 || last < first || (total >= 0 && total <= last)) {
            return Optional.empty();
        }
        return Optional.of(new Part(first, last, total < 0 ? OptionalLong.empty() : OptionalLong.of(total)));
    }
}
