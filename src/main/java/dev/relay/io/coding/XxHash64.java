package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** XXH64 with the seed 0, whose low half is the checksum of a zstd frame (RFC 8878 §3.1.1). */
final class XxHash64 {
    private static final long PRIME_1 = 0x9e3779b185ebca87L;
    private static final long PRIME_2 = 0xc2b2ae3d27d4eb4fL;
    private static final long PRIME_3 = 0x165667b19e3779f9L;
    private static final long PRIME_4 = 0x85ebca77c2b2ae63L;
    private static final long PRIME_5 = 0x27d4eb2f165667c5L;
    private static final int STRIPE = 32;

    private final ByteBuffer rest = ByteBuffer.allocate(STRIPE).order(ByteOrder.LITTLE_ENDIAN);
    /** The lanes begin with sums of the primes; the first is the sum of two, as it overflows. */
    private long a = 0x60ea27eeadc0b5d6L;

    private long b = PRIME_2;
    private long c;
    private long d = -PRIME_1;
    private long length;

    /** Takes all of the bytes, and leaves the buffer as it is. */
    void update(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        length += in.remaining();
        if (rest.position() > 0) {
            int count = Math.min(rest.remaining(), in.remaining());
            rest.put(in.slice(in.position(), count));
            in.position(in.position() + count);
            if (rest.hasRemaining()) {
                return;
            }
            stripes(rest.flip());
            rest.clear();
        }
        stripes(in);
        rest.put(in);
    }

    private void stripes(ByteBuffer in) {
        while (in.remaining() >= STRIPE) {
            a = round(a, in.getLong());
            b = round(b, in.getLong());
            c = round(c, in.getLong());
            d = round(d, in.getLong());
        }
    }

    /** The hash of all that was taken. */
    long value() {
        long hash = PRIME_5;
        if (length >= STRIPE) {
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        hash += length;
        ByteBuffer in = rest.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
        while (in.remaining() >= Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, in.getLong()), 27) * PRIME_1 + PRIME_4;
        }
        if (in.remaining() >= Integer.BYTES) {
            hash = Long.rotateLeft(hash ^ (in.getInt() & 0xffffffffL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        }
        while (in.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ (in.get() & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
}
