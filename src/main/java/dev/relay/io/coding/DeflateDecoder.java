package dev.relay.io.coding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Undoes {@code deflate}: data in the frame of RFC 1950, as RFC 9110 §8.4.1.2 has it, or without it, as some servers
 * send it.
 *
 * <p>As in curl, up to four bytes may follow data without the frame, and none what has one. Unlike in curl, a truncated
 * body is refused.
 */
final class DeflateDecoder implements Decoder {
    private static final int TOLERATED = 4;

    private final ByteBuffer start = ByteBuffer.allocate(2);
    private @Nullable Inflation inflation;
    private int tolerated;

    @Override
    public @Nullable ByteBuffer decode(ByteBuffer encoded) throws BrokenCodingException {
        Inflation inflating = inflation == null ? begin(encoded) : inflation;
        if (inflating == null) {
            return null;
        }
        ByteBuffer bytes = start.hasRemaining() ? inflating.next(start) : null;
        if (bytes == null) {
            bytes = inflating.next(encoded);
        }
        if (bytes == null && inflating.isFinished()) {
            skip(encoded);
        }
        return bytes;
    }

    private @Nullable Inflation begin(ByteBuffer encoded) {
        while (encoded.hasRemaining() && start.hasRemaining()) {
            start.put(encoded.get());
        }
        if (start.hasRemaining()) {
            return null;
        }
        start.flip();
        boolean raw = !isFramed(start.getShort(0) & 0xffff);
        tolerated = raw ? TOLERATED : 0;
        inflation = new Inflation(raw);
        return inflation;
    }

    /**
     * RFC 1950 §2.2. No encoder begins deflated data like that: a method of 8 would be a stored block whose padding is
     * not zero.
     */
    private static boolean isFramed(int header) {
        boolean deflated = (header >> 8 & 0x0f) == 8 && header >> 12 <= 7;
        return deflated && header % 31 == 0;
    }

    private void skip(ByteBuffer encoded) throws BrokenCodingException {
        int length = encoded.remaining() + start.remaining();
        if (length > tolerated) {
            throw new BrokenCodingException("more bytes after the end of the data");
        }
        tolerated -= length;
        encoded.position(encoded.limit());
        start.position(start.limit());
    }

    @Override
    public boolean isComplete() {
        return inflation != null && inflation.isFinished();
    }

    @Override
    public void close() {
        if (inflation != null) {
            inflation.close();
        }
    }
}
