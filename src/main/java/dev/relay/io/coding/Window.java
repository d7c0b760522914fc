package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was decoded last, for copies from there: a ring of the size that the encoded data asks for, which takes that
 * memory only once there is so much. What is in it is handed out from it, and must be before it is overwritten.
 */
final class Window {
    private static final int FIRST_SIZE = 16 * 1024;
    /** Few steps, so that the old ring is small beside the new one. */
    private static final int GROWTH = 8;

    private final int size;
    private byte[] ring;
    private int position;
    private long written;
    /** The bytes before the position that have not been handed out. */
    private int unread;

    /** @param size how many bytes back a copy may reach, at least 1 */
    Window(int size) {
        this.size = size;
        this.ring = new byte[Math.min(size, FIRST_SIZE)];
    }

    /** How many bytes back there is something. */
    int reach() {
        return (int) Math.min(written, size);
    }

    /** How many bytes have gone in. */
    long written() {
        return written;
    }

    /** How many bytes can go in before some must be handed out. */
    int room() {
        return size - unread;
    }

    /** How many bytes are to be handed out. */
    int unread() {
        return unread;
    }

    void append(byte[] bytes, int offset, int length) {
        reserve(length);
        int first = Math.min(length, ring.length - position);
        System.arraycopy(bytes, offset, ring, position, first);
        System.arraycopy(bytes, offset + first, ring, 0, length - first);
        advance(length);
    }

    void append(ByteBuffer bytes, int length) {
        reserve(length);
        int first = Math.min(length, ring.length - position);
        bytes.get(ring, position, first);
        bytes.get(ring, 0, length - first);
        advance(length);
    }

    void append(byte value) {
        reserve(1);
        ring[position] = value;
        advance(1);
    }

    /**
     * Appends what is that far back, which may be what is only just being appended.
     *
     * @param distance from 1 to {@link #reach}
     */
    void repeat(int distance, int length) {
        reserve(length);
        int left = length;
        int from = back(distance);
        // What lies between is the pattern, one time or several times.
        int between = distance;
        while (left > 0) {
            int run = Math.min(Math.min(left, between), ring.length - Math.max(position, from));
            System.arraycopy(ring, from, ring, position, run);
            // Over an end of the ring, the pattern is found anew.
            boolean anew = Math.max(position, from) + run == ring.length;
            advance(run);
            left -= run;
            from = anew ? back(distance) : from;
            between = anew ? distance : between + run;
        }
    }

    /** The byte that far back. */
    byte last(int distance) {
        return ring[back(distance)];
    }

    private int back(int distance) {
        int from = position - distance;
        return from < 0 ? from + ring.length : from;
    }

    private void advance(int length) {
        position += length;
        if (position >= ring.length) {
            position -= ring.length;
        }
        written += length;
        unread += length;
    }

    /** Before it is full for the first time, the ring is a line, and can simply be made longer. */
    private void reserve(int length) {
        if (ring.length < size && written + length > ring.length) {
            long wanted = Math.max((long) GROWTH * ring.length, written + length);
            ring = Arrays.copyOf(ring, (int) (2 * wanted < size ? wanted : size));
            position = (int) written;
        }
    }

    /** What has not been handed out yet, or the first part of it; null when there is none. */
    @Nullable
    ByteBuffer take() {
        if (unread == 0) {
            return null;
        }
        int from = back(unread);
        int length = Math.min(unread, ring.length - from);
        unread -= length;
        return ByteBuffer.wrap(ring, from, length);
    }
}
