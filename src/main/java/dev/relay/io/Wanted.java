package dev.relay.io;

import dev.relay.http.Validator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a representation are asked for.
 *
 * @param from the offset of the first byte
 * @param last the offset of the last byte, which is wanted too; -1 for all that follow
 * @param validator the part is wanted of this state of the resource alone, otherwise the whole (If-Range, RFC 9110
 *     §13.1.5)
 * @param lastEventId after which event a stream of them goes on (Last-Event-ID, WHATWG HTML §9.2.4), empty for none; null
 *     leaves that to the user's request
 * @param within how long the head of the answer may take at most, beside the usual limits; null for no such limit
 */
public record Wanted(
        long from,
        long last,
        @Nullable Validator validator,
        @Nullable String lastEventId,
        @Nullable Duration within) {
    /** All that the request is about: the whole, or the ranges that the user asked for. */
    public static final Wanted ALL = new Wanted(0, -1, null, null, null);

    /** The bytes from {@code from} to {@code last}, of that state of the resource. */
    public static Wanted part(long from, long last, Validator of) {
        return new Wanted(from, last, of, null, null);
    }

    /** A part of whatever state the resource has: to learn which. */
    public static Wanted opening(long from, long last) {
        return new Wanted(from, last, null, null, null);
    }

    /** A stream of events, from that one on. */
    public static Wanted eventsAfter(@Nullable String lastEventId) {
        return new Wanted(0, -1, null, lastEventId, null);
    }

    /** The same bytes, with a limit to the wait for the head. */
    public Wanted within(@Nullable Duration limit) {
        return new Wanted(from, last, validator, lastEventId, limit);
    }

    /** Whether no range of relay's own is needed. */
    public boolean isAll() {
        return from == 0 && last < 0 && validator == null;
    }

    /** The value of the Range header field (RFC 9110 §14.2). */
    public String range() {
        return "bytes=" + from + "-" + (last < 0 ? "" : Long.toString(last));
    }
}
