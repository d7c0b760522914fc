package dev.relay.support;

import java.nio.charset.StandardCharsets;

/** The bytes of an entity, each known by its position, so that gigabytes need no memory. */
public sealed interface Content {
    /** How many bytes; {@link Long#MAX_VALUE} when there is no end. */
    long length();

    /** Fills the array with the bytes from that position on. */
    void copy(long from, byte[] into, int count);

    static Content of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /** Bytes that look random, the same for the same seed, so that no piece of it can stand for another. */
    static Content noise(long seed, long length) {
        return new Noise(seed, length);
    }

    /** Noise without an end. */
    static Content endless() {
        return new Noise(1, Long.MAX_VALUE);
    }

    /** The bytes from one position to before another. */
    default Content slice(long from, long to) {
        return new Slice(this, from, to);
    }

    /** Everything at once, for what fits into memory. */
    default byte[] bytes() {
        byte[] all = new byte[Math.toIntExact(length())];
        copy(0, all, all.length);
        return all;
    }

    /** Bytes in memory. */
    final class Bytes implements Content {
        private final byte[] all;

        private Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        public long length() {
            return all.length;
        }

        @Override
        public void copy(long from, byte[] into, int count) {
            System.arraycopy(all, (int) from, into, 0, count);
        }
    }

    /** Bytes that are computed from their position. */
    record Noise(long seed, long length) implements Content {
        @Override
        public void copy(long from, byte[] into, int count) {
            int done = 0;
            while (done < count) {
                long position = from + done;
                long word = mixed(seed + (position >>> 3)) >>> ((position & 7) * 8);
                int end = (int) Math.min(count, done + 8 - (position & 7));
                for (; done < end; done++, word >>>= 8) {
                    into[done] = (byte) word;
                }
            }
        }

        /** The finaliser of SplitMix64: neighbouring words have nothing in common. */
        private static long mixed(long word) {
            long z = word * 0x9e3779b97f4a7c15L;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }
    }

    /** A part of another. */
    record Slice(Content whole, long from, long to) implements Content {
        public Slice {
            if (from < 0 || to < from || to > whole.length()) {
                throw new IllegalArgumentException(from + " to " + to + " of " + whole.length());
            }
        }

        @Override
        public long length() {
            return to - from;
        }

        @Override
        public void copy(long start, byte[] into, int count) {
            whole.copy(from + start, into, count);
        }
    }
}
