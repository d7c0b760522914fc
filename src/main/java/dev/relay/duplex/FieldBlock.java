package dev.relay.duplex;

import dev.relay.duplex.hpack.FieldDecoder;
import dev.relay.http.Headers.Field;
import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block of fields as it comes, in a HEADERS frame and those that continue it (RFC 9113 §4.3, §6.2, §6.10). */
final class FieldBlock {
    /** The largest head, in bytes: as much as over HTTP/1.1. */
    static final int LARGEST = 300 * 1024;

    private static final int MOST_FIELDS = 1000;
    private static final int MOST_EMPTY = 100;

    private final FieldDecoder decoder = new FieldDecoder(MOST_FIELDS, LARGEST);
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private boolean open;
    private boolean last;
    private int empty;

    /** Whether a block has begun that only its own continuations may follow. */
    boolean isOpen() {
        return open;
    }

    /** Whether nothing comes on the stream behind the block. */
    boolean isLast() {
        return last;
    }

    /** A HEADERS frame: its fields, when they are all there. */
    @Nullable
    List<Field> begin(int flags, ByteBuffer payload) throws ConnectionErrorException {
        int padding = (flags & Frame.PADDED) != 0 && payload.hasRemaining() ? payload.get() & 0xFF : 0;
        int priority = (flags & Frame.PRIORITY) != 0 ? 5 : 0;
        if (padding + priority > payload.remaining()) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "padding that is longer than its frame");
        }
        payload.position(payload.position() + priority).limit(payload.limit() - padding);
        open = true;
        last = (flags & Frame.END_STREAM) != 0;
        empty = 0;
        block.reset();
        return collect(flags, payload);
    }

    /** A CONTINUATION frame: the fields, when they are all there. */
    @Nullable
    List<Field> proceed(int flags, ByteBuffer payload) throws ConnectionErrorException {
        if (!open) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a continuation of nothing");
        }
        empty += payload.hasRemaining() ? 0 : 1;
        if (empty > MOST_EMPTY) {
            throw new ConnectionErrorException(Http2Error.ENHANCE_YOUR_CALM, "a head of empty frames");
        }
        return collect(flags, payload);
    }

    private @Nullable List<Field> collect(int flags, ByteBuffer payload) throws ConnectionErrorException {
        if (block.size() + payload.remaining() > LARGEST) {
            throw new ConnectionErrorException(
                    Http2Error.ENHANCE_YOUR_CALM, "a head of more than " + LARGEST + " bytes");
        }
        block.write(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        if ((flags & Frame.END_HEADERS) == 0) {
            return null;
        }
        open = false;
        try {
            return decoder.decode(ByteBuffer.wrap(block.toByteArray()));
        } catch (ProtocolException e) {
            // A block that was not read to its end leaves the two tables different (RFC 9113 §4.3).
            throw new ConnectionErrorException(Http2Error.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        } finally {
            block.reset();
        }
    }
}
