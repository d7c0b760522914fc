package dev.relay.duplex.websocket;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Masks what a client sends (RFC 6455 §5.3), with keys that nobody can foretell (§10.3). */
final class Masks {
    private final SecureRandom random;
    /** Many keys at a time: one by one they would cost more than the frames. */
    private final ByteBuffer keys = ByteBuffer.allocate(1024).limit(0);

    Masks(SecureRandom random) {
        this.random = random;
    }

    synchronized int next() {
        if (!keys.hasRemaining()) {
            random.nextBytes(keys.array());
            keys.clear();
        }
        return keys.getInt();
    }

    /** Moves all of the bytes, masked by that key. */
    static void move(ByteBuffer from, ByteBuffer to, int key) {
        long twice = ((long) key << 32) | (key & 0xFFFF_FFFFL);
        while (from.remaining() >= 8) {
            to.putLong(from.getLong() ^ twice);
        }
        for (int shift = 56; from.hasRemaining(); shift -= 8) {
            to.put((byte) (from.get() ^ (twice >> shift)));
        }
    }
}
