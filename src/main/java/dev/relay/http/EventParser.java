package dev.relay.http;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts streams of events (WHATWG HTML §9.2.5 and §9.2.6) into what can be handed on by itself: events, as they are
 * written, each with its empty line, and lines that belong to none. It holds no more than the event at hand.
 */
public final class EventParser {
    /** The largest event, in bytes: far above what is sent as one, far below what the heap holds. */
    public static final int LARGEST = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String where;
    private byte[] held = new byte[4096];
    private int size;
    private int lineStart;
    private boolean inEvent;
    private boolean afterReturn;
    /** How much of a byte order mark has come; all of it once the first byte that is none has. */
    private int marked;

    private @Nullable String id;
    private long retryMillis = -1;

    /** @param where names the stream in a fault */
    public EventParser(String where) {
        this.where = where;
    }

    /** Forgets what is incomplete: the next bytes begin a new stream. What it said of reconnecting holds on. */
    public void restart() {
        empty();
        afterReturn = false;
        marked = 0;
    }

    /** The reconnection time that the streams set last, in milliseconds; -1 when none did. */
    public long retryMillis() {
        return retryMillis;
    }

    /**
     * Takes bytes until something is complete.
     *
     * @return null when all were taken; what is given is good until the next call
     * @throws FaultException when an event is larger than {@link #LARGEST}
     */
    public @Nullable EventPiece next(ByteBuffer bytes) throws FaultException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (marked < BYTE_ORDER_MARK.length) {
                if (next == BYTE_ORDER_MARK[marked]) {
                    marked++;
                    continue;
                }
                hold(Arrays.copyOf(BYTE_ORDER_MARK, marked));
                marked = BYTE_ORDER_MARK.length;
            }
            EventPiece piece = take(next, bytes);
            if (piece != null) {
                return piece;
            }
        }
        // Lines outside of events wait for nothing: a beating heart is heard at once.
        return inEvent || size == 0 || size > lineStart ? null : piece(EventPiece.Kind.LINES);
    }

    private @Nullable EventPiece take(byte next, ByteBuffer bytes) throws FaultException {
        if (next == '\n' && afterReturn) {
            afterReturn = false;
            hold(next);
            boolean alone = size == 1;
            lineStart = size;
            return alone ? piece(EventPiece.Kind.REST) : null;
        }
        afterReturn = false;
        if (next != '\n' && next != '\r') {
            hold(next);
            return null;
        }
        int lineEnd = size;
        hold(next);
        if (next == '\r') {
            // An event that ends here is complete, whether a line feed follows or not.
            afterReturn = !bytes.hasRemaining();
            if (!afterReturn && bytes.get(bytes.position()) == '\n') {
                hold(bytes.get());
            }
        }
        boolean blank = lineEnd == lineStart;
        if (!blank) {
            read(lineStart, lineEnd);
        }
        lineStart = size;
        return blank ? piece(inEvent ? EventPiece.Kind.EVENT : EventPiece.Kind.LINES) : null;
    }

    private void read(int from, int to) {
        int colon = from;
        while (colon < to && held[colon] != ':') {
            colon++;
        }
        int value = Math.min(to, colon + 1);
        if (value < to && held[value] == ' ') {
            value++;
        }
        if (is("retry", from, colon)) {
            long millis = Decimal.parse(text(value, to));
            retryMillis = millis < 0 ? retryMillis : millis;
            return;
        }
        inEvent |= colon > from;
        if (is("id", from, colon)) {
            String given = text(value, to);
            id = given.indexOf('\0') >= 0 ? id : given;
        }
    }

    private boolean is(String name, int from, int to) {
        return to - from == name.length() && text(from, to).equals(name);
    }

    private String text(int from, int to) {
        return new String(held, from, to - from, StandardCharsets.UTF_8);
    }

    private EventPiece piece(EventPiece.Kind kind) {
        var piece = new EventPiece(kind, ByteBuffer.wrap(held, 0, size), id);
        empty();
        return piece;
    }

    private void empty() {
        size = 0;
        lineStart = 0;
        inEvent = false;
        id = null;
    }

    private void hold(byte... more) throws FaultException {
        for (byte one : more) {
            hold(one);
        }
    }

    private void hold(byte one) throws FaultException {
        if (size == held.length) {
            if (size >= LARGEST) {
                throw Fault.of(ExitCode.RECEIVING_FAILED, where, "an event of more than " + LARGEST + " bytes")
                        .exception();
            }
            held = Arrays.copyOf(held, Math.min(LARGEST, 2 * size));
        }
        held[size++] = one;
    }
}
