package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bits as they arrive, the lowest of each byte first. One may read further than has arrived, gets bits without a meaning,
 * finds that {@link #isOverrun}, goes back, and tries again when more has come.
 */
final class ForwardBits {
    private static final int PADDING = Long.BYTES;

    private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    /** How many bytes have arrived. */
    private int limit;
    /** The next bit. */
    private int position;

    /** Takes all of what has arrived; positions from before count no more. */
    void add(ByteBuffer arrived) {
        int used = position >>> 3;
        int kept = limit - used;
        int wanted = kept + arrived.remaining() + PADDING;
        ByteBuffer target = wanted <= bytes.capacity()
                ? bytes
                : ByteBuffer.allocate(Math.max(wanted, 2 * kept)).order(ByteOrder.LITTLE_ENDIAN);
        target.put(0, bytes, used, kept);
        bytes = target;
        limit = kept + arrived.remaining();
        bytes.put(kept, arrived, arrived.position(), arrived.remaining());
        arrived.position(arrived.limit());
        position &= 7;
    }

    /** The next bits, at most 32, which stay. */
    int peek(int count) {
        long word = bytes.getLong(Math.min(position >>> 3, limit)) >>> (position & 7);
        return (int) (word & ((1L << count) - 1));
    }

    void skip(int count) {
        position += count;
    }

    /** The next bits, at most 32. */
    int read(int count) {
        int value = peek(count);
        position += count;
        return value;
    }

    int position() {
        return position;
    }

    void goBack(int earlier) {
        position = earlier;
    }

    boolean isOverrun() {
        return position > 8 * limit;
    }

    /** The bits up to the next byte. */
    int readPadding() {
        return read(-position & 7);
    }

    /** From a position between two bytes: how many bytes are left. */
    int available() {
        return limit - (position >>> 3);
    }

    /** From a position between two bytes: the next bytes, which stay. */
    ByteBuffer slice(int count) {
        return bytes.slice(position >>> 3, count);
    }
}
