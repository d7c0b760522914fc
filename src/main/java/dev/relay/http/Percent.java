package dev.relay.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 §2.1): encodes what a URI may not hold, and decodes. */
final class Percent {
    private static final String HEX = "0123456789ABCDEF";
    /** What stands for itself in a path, beside letters and digits (RFC 3986 §3.3). */
    private static final String PATH = "-._~!$&'()*+,;=:@/";

    /** How a character above 127 becomes bytes. */
    enum Origin {
        /** It was typed: its UTF-8 form. */
        TYPED,
        /** It comes from a header field, where the transport made each byte a character of its own. */
        HEADER
    }

    private Percent() {}

    static String encodePath(String path, Origin origin) {
        return encode(path, PATH, origin);
    }

    static String encodeQuery(String query, Origin origin) {
        return encode(query, PATH + "?", origin);
    }

    /** Encodes all but letters, digits, the allowed characters and the escapes that are already there. */
    private static String encode(String text, String allowed, Origin origin) {
        int plain = 0;
        while (plain < text.length() && standsForItself(text, plain, allowed)) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        var encoded = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int at = plain; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (standsForItself(text, at, allowed)) {
                encoded.append((char) point);
            } else if (point < 0x80 || (point <= 0xFF && origin == Origin.HEADER)) {
                appendEscape(encoded, point);
            } else {
                appendUtf8(encoded, point);
            }
            at += Character.charCount(point);
        }
        return encoded.toString();
    }

    private static boolean standsForItself(String text, int at, String allowed) {
        char c = text.charAt(at);
        return isLetterOrDigit(c) || allowed.indexOf(c) >= 0 || (c == '%' && isEscape(text, at));
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0
                && text.charAt(percent + 1) < 0x80
                && text.charAt(percent + 2) < 0x80;
    }

    private static void appendUtf8(StringBuilder encoded, int point) {
        // An unpaired surrogate has no UTF-8 form; the bytes of its stand-in are at least legal.
        int legal = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point;
        for (byte each : Character.toString(legal).getBytes(StandardCharsets.UTF_8)) {
            appendEscape(encoded, each & 0xFF);
        }
    }

    static void appendEscape(StringBuilder encoded, int value) {
        encoded.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }

    /** Decodes every escape, as UTF-8; a percent sign that begins none stands for itself. */
    static String decode(String text) {
        return text.indexOf('%') < 0 ? text : new String(decodeBytes(text), StandardCharsets.UTF_8);
    }

    /** The bytes that the escapes stand for, other characters as UTF-8. */
    static byte[] decodeBytes(String text) {
        var decoded = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) == '%' && isEscape(text, at)) {
                decoded.write(Integer.parseInt(text, at + 1, at + 3, 16));
                at += 3;
            } else {
                int point = text.codePointAt(at);
                decoded.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return decoded.toByteArray();
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }
}
