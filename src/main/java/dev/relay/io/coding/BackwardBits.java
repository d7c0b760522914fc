package dev.relay.io.coding;

import java.nio.ByteBuffer;

/**
 * A stream of bits that is read from its end to its beginning (RFC 8878 §4.1). Before its beginning are zeros: whoever
 * reads that far finds {@link #left} negative.
 */
final class BackwardBits {
    private final ByteBuffer bytes;
    private final int from;
    private int left;

    /**
     * @param bytes little-endian, with 8 more bytes to be read after the end of the stream, whatever they are
     * @param from the first byte of the stream
     * @param to the byte after its last, which ends with a bit that only marks the end
     */
    BackwardBits(ByteBuffer bytes, int from, int to) throws BrokenCodingException {
        if (to <= from || bytes.get(to - 1) == 0) {
            throw new BrokenCodingException("a stream of bits without an end mark");
        }
        this.bytes = bytes;
        this.from = from;
        this.left = (to - from) * 8 - Integer.numberOfLeadingZeros(bytes.get(to - 1) & 0xff) + 23;
    }

    /** The next bits, at most 32. */
    long read(int count) {
        long value = peek(count);
        left -= count;
        return value;
    }

    /** The next bits, at most 32, which stay. */
    long peek(int count) {
        int start = left - count;
        long value;
        if (start >= 0) {
            value = bytes.getLong(from + (start >>> 3)) >>> (start & 7);
        } else {
            value = left > 0 ? bytes.getLong(from) << -start : 0;
        }
        return value & ((1L << count) - 1);
    }

    void skip(int count) {
        left -= count;
    }

    /** How many bits are left; negative once more were read than there are. */
    int left() {
        return left;
    }
}
