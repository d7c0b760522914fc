package dev.relay.unbroken;

import dev.relay.support.Content;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How an entity changes while it is being fetched.
 *
 * @param touch which of its bytes are others
 * @param growth by how many bytes it becomes longer, or shorter when it is negative
 * @param after how many bodies are served before
 */
record Alteration(Touch touch, int growth, int after) {
    enum Touch {
        ALL,
        HEAD,
        TAIL,
        /** The head and the tail; what lies between them is the same. */
        ENDS
    }

    private static final int EDGE = 64;
    private static final byte MARK = 0x5a;

    static Alteration draw(SplittableRandom random, Axes.Change change, int length) {
        var touch = Touch.values()[random.nextInt(Touch.values().length)];
        int by = 1 + random.nextInt(Math.max(1, length));
        int sign = random.nextInt(4);
        int after = random.nextInt(4) == 0 ? 2 : 1;
        int growth = change != Axes.Change.SAME_VALIDATOR || sign > 1 ? 0 : sign == 0 ? by : -Math.min(by, length);
        return new Alteration(touch, growth, after);
    }

    /** The entity before the change. */
    static byte[] before(long seed, int length) {
        return Content.noise(seed, length).bytes();
    }

    /** The entity after the change. */
    byte[] after(long seed, int length) {
        int grown = length + growth;
        if (touch == Touch.ALL) {
            return Content.noise(~seed, grown).bytes();
        }
        byte[] bytes = Arrays.copyOf(before(seed, Math.max(length, grown)), grown);
        int edge = Math.min(EDGE, grown);
        if (touch != Touch.TAIL) {
            mark(bytes, 0, edge);
        }
        if (touch != Touch.HEAD) {
            mark(bytes, touch == Touch.ENDS ? Math.max(edge, grown - edge) : grown - edge, grown);
        }
        return bytes;
    }

    private static void mark(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            bytes[i] ^= MARK;
        }
    }
}
