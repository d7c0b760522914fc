package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.http.Head;
import dev.relay.http.Validator;
import dev.relay.io.Continuation;
import dev.relay.io.Reply;
import dev.relay.io.Wanted;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the first response said of the representation that it carries: whatever continues it must agree.
 *
 * @param validator its strong validator; null when it has none
 * @param coding its Content-Encoding, empty without
 * @param part the Content-Range of the first response; null when it was no part
 * @param length the bytes of the body; -1 when the server has not said
 * @param segment whether it is one segment of a body that is fetched in several: it is only ever asked for as a part
 */
record Entity(
        @Nullable Validator validator, String coding, ContentRange.@Nullable Part part, long length, boolean segment) {

    /** What that response says of it; null when nothing could ever continue its body. */
    static @Nullable Entity of(Reply reply) {
        Head head = reply.head();
        if (head.status() != 200 && head.status() != 206) {
            return null;
        }
        ContentRange.Part part = null;
        if (head.status() == 206) {
            Optional<ContentRange> range = head.headers().only("Content-Range").flatMap(ContentRange::parse);
            if (range.isEmpty() || !(range.get() instanceof ContentRange.Part one)) {
                return null;
            }
            part = one;
        }
        long length = part == null ? reply.length() : part.length();
        return new Entity(Validator.strong(head.headers()).orElse(null), coding(head), part, length, false);
    }

    /** The same, with a length that was told later. */
    Entity ofLength(long bytes) {
        return new Entity(validator, coding, part, bytes, segment);
    }

    /** What an earlier run has kept of it. */
    static Entity of(Continuation left) {
        return new Entity(left.validator(), "", null, left.total(), false);
    }

    private static String coding(Head head) {
        return String.join(",", head.headers().all("Content-Encoding"));
    }

    /** What to ask for to have the body from its byte {@code at} on; all of it when a part would prove nothing. */
    Wanted from(long at) {
        if (validator == null || (at == 0 && !segment)) {
            return Wanted.ALL;
        }
        return Wanted.part(first() + at, part == null ? -1 : part.last(), validator);
    }

    /** The offset in the representation of the body's first byte. */
    long first() {
        return part == null ? 0 : part.first();
    }

    /** Whether the server has named the length of the whole representation, and that is another. */
    private boolean isOtherTotal(ContentRange.Part given) {
        long total = part == null ? length : part.total().orElse(-1);
        return total >= 0 && given.total().isPresent() && given.total().getAsLong() != total;
    }

    /**
     * Holds a 206 against the request for the bytes from {@code at} on.
     *
     * @return false when it may be right, and does not say enough to be trusted
     * @throws FaultException 102 when it is not the part that was asked for, of the entity that was asked for
     */
    boolean isContinuedBy(Reply reply, long at) throws FaultException {
        Head head = reply.head();
        String field = head.headers().only("Content-Range").orElse("");
        Optional<ContentRange> given = ContentRange.parse(field);
        if (given.isEmpty() || !(given.get() instanceof ContentRange.Part range)) {
            throw changed(reply, field.isEmpty() ? "a 206 without Content-Range" : "malformed Content-Range: " + field);
        }
        if (range.first() != first() + at
                || isOtherTotal(range)
                || (part != null && range.last() > part.last())
                || (part == null && length >= 0 && range.last() >= length)) {
            throw changed(reply, "asked for the bytes from " + (first() + at) + " on, got " + field);
        }
        if (reply.length() != range.length()) {
            throw changed(reply, "a part of " + range.length() + " bytes in " + reply.length());
        }
        if (!coding(head).equals(coding)) {
            throw changed(reply, "another Content-Encoding");
        }
        return isSameState(reply);
    }

    private boolean isSameState(Reply reply) throws FaultException {
        String known = validator == null ? "" : validator.fieldValue();
        boolean byTag = known.startsWith("\"");
        List<String> named = reply.head().headers().all(byTag ? "ETag" : "Last-Modified");
        for (String now : named) {
            if (!now.equals(known)) {
                throw changed(reply, "it was " + known + " and is " + now);
            }
        }
        // A part need not repeat the date (RFC 9110 §15.3.7), but must name the tag.
        return !named.isEmpty() || !byTag;
    }

    /**
     * Holds a response that begins anew against the first one. Whether it begins with the same bytes is another question.
     *
     * @throws FaultException 102 when it cannot be the same body
     */
    void checkAgain(Reply reply) throws FaultException {
        Entity again = of(reply);
        if (again == null || (again.part == null) != (part == null)) {
            throw changed(reply, "another kind of answer came: " + reply.head().status());
        }
        if (part != null && again.part != null && (again.part.first() != part.first() || isOtherTotal(again.part))) {
            throw changed(reply, "another part came");
        }
        if (length >= 0 && again.length >= 0 && again.length != length) {
            throw changed(reply, "it had " + length + " bytes and has " + again.length);
        }
        if (!again.coding.equals(coding)) {
            throw changed(reply, "another Content-Encoding");
        }
        checkState(reply);
    }

    /** Throws 102 when the server says that it is another state of the resource. */
    void checkState(Reply reply) throws FaultException {
        Validator now = Validator.strong(reply.head().headers()).orElse(null);
        if (validator != null && now != null && !validator.fieldValue().equals(now.fieldValue())) {
            throw changed(reply, "it was " + validator.fieldValue() + " and is " + now.fieldValue());
        }
    }

    static FaultException changed(Reply reply, String why) {
        return Fault.of(ExitCode.RESOURCE_CHANGED, reply.url().toString(), why).exception();
    }
}
