package dev.relay.duplex.websocket;

import java.nio.ByteBuffer;

/**
 * Checks that bytes are UTF-8 (RFC 3629 §4), wherever they are cut into pieces: what is too long for its character, a
 * surrogate, or beyond U+10FFFF is not.
 */
final class Utf8 {
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    /** How many bytes of a character are still to come, and the range that the next of them is in. */
    private int left;

    private int least;
    private int most;

    /** Looks at the bytes from {@code from} to before {@code to}; false at the first that cannot be. */
    boolean takes(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (left == 0) {
                while (at + 8 <= to && (bytes.getLong(at) & NOT_ASCII) == 0) {
                    at += 8;
                }
                if (at == to) {
                    return true;
                }
            }
            if (!takes(bytes.get(at++) & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private boolean takes(int value) {
        if (left > 0) {
            if (value < least || value > most) {
                return false;
            }
            left--;
            least = 0x80;
            most = 0xBF;
            return true;
        }
        if (value < 0x80) {
            return true;
        }
        if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        left = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        least = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
        most = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    /** Whether no character has begun that has not ended. */
    boolean isWhole() {
        return left == 0;
    }
}
