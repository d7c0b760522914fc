package dev.relay.sink;

import dev.relay.outcome.FaultException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes a stream of bytes fit for a terminal: text is shown, controls are shown but not obeyed, binary data is refused.
 * Newlines and tabs pass; other controls become {@code ^[}; a C1 control or one that changes the direction of text
 * becomes {@code \u202e}; a byte that is not UTF-8 becomes {@code \xe9}. It does not matter where chunks end.
 */
final class TerminalText {
    /** Binary is what has a NUL byte among its first 2000: curl's rule. */
    private static final int LOOKED_AT = 2000;

    private static final String HEX = "0123456789abcdef";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    /** The bytes of a character that has begun. */
    private final byte[] begun = new byte[4];

    private int begunLength;
    private int wantedLength;
    private boolean heldReturn;
    private long seen;

    /** What to write for these bytes. */
    ByteBuffer shown(ByteBuffer bytes) throws FaultException {
        refuseBinary(bytes);
        while (bytes.hasRemaining()) {
            take(bytes.get());
        }
        return taken();
    }

    /** What to write at the end, for what was begun and never ended. */
    ByteBuffer end() {
        showBegun();
        releaseReturn();
        return taken();
    }

    private void refuseBinary(ByteBuffer bytes) throws FaultException {
        for (int at = bytes.position(); at < bytes.limit() && seen < LOOKED_AT; at++, seen++) {
            if (bytes.get(at) == 0) {
                throw WriteFault.because("standard output", "binary data does not go to a terminal")
                        .withHint("a file or a pipe takes it, --raw sends it all the same")
                        .exception();
            }
        }
    }

    private ByteBuffer taken() {
        var bytes = ByteBuffer.wrap(shown.toByteArray());
        shown.reset();
        return bytes;
    }

    private void take(byte each) {
        int value = each & 0xFF;
        if (begunLength > 0) {
            if (continues(value)) {
                begun[begunLength++] = each;
                if (begunLength == wantedLength) {
                    showCharacter();
                }
                return;
            }
            showBegun();
        }
        if (heldReturn && value != '\n') {
            releaseReturn();
        }
        heldReturn = value == '\r';
        if (value < 0x80) {
            showAscii(value);
        } else {
            beginCharacter(each, value);
        }
    }

    private void showAscii(int value) {
        if (value == '\n' || value == '\t' || (value >= ' ' && value < 0x7F)) {
            shown.write(value);
        } else if (value != '\r') {
            caret(value);
        }
    }

    private void caret(int value) {
        shown.write('^');
        shown.write(value ^ 0x40);
    }

    /** A return is shown once it is known that no newline follows. */
    private void releaseReturn() {
        if (heldReturn) {
            caret('\r');
            heldReturn = false;
        }
    }

    private void beginCharacter(byte each, int value) {
        wantedLength = value >= 0xC2 && value <= 0xDF ? 2 : value >= 0xE0 && value <= 0xEF ? 3 : 4;
        if (value < 0xC2 || value > 0xF4) {
            escapeByte(value);
        } else {
            begun[0] = each;
            begunLength = 1;
        }
    }

    /** The second byte has a narrower range after some first ones (RFC 3629 §4). */
    private boolean continues(int value) {
        int first = begunLength == 1 ? begun[0] & 0xFF : 0;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return value >= least && value <= most;
    }

    private void showBegun() {
        for (int at = 0; at < begunLength; at++) {
            escapeByte(begun[at] & 0xFF);
        }
        begunLength = 0;
    }

    private void showCharacter() {
        int point = new String(begun, 0, begunLength, StandardCharsets.UTF_8).codePointAt(0);
        if (isObeyed(point)) {
            text("\\u");
            hex(point >> 8);
            hex(point);
        } else {
            shown.write(begun, 0, begunLength);
        }
        begunLength = 0;
    }

    /** C1 controls, and what changes the direction of text: all of them below U+10000. */
    private static boolean isObeyed(int point) {
        return point <= 0x9F
                || point == 0x61C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    private void escapeByte(int value) {
        text("\\x");
        hex(value);
    }

    private void text(String text) {
        shown.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void hex(int value) {
        shown.write(HEX.charAt(value >> 4 & 15));
        shown.write(HEX.charAt(value & 15));
    }
}
