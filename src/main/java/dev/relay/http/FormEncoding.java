package dev.relay.http;

import java.nio.charset.StandardCharsets;

/** The encoding of form data (WHATWG URL §5), as curl has it: a blank is a plus, only unreserved characters stand for themselves. */
public final class FormEncoding {
    private static final String HEX = "0123456789ABCDEF";
    /** How many characters a byte becomes at most. */
    public static final int LONGEST = 3;

    private FormEncoding() {}

    /** The text, in UTF-8, encoded. */
    public static String of(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            append(encoded, b);
        }
        return encoded.toString();
    }

    /** Appends one byte, encoded: one to {@link #LONGEST} characters. */
    public static void append(StringBuilder encoded, byte b) {
        if (isUnreserved(b)) {
            encoded.append((char) b);
        } else if (b == ' ') {
            encoded.append('+');
        } else {
            appendPercent(encoded, b);
        }
    }

    /** Appends one byte as a percent sign and two digits. */
    public static void appendPercent(StringBuilder encoded, byte b) {
        encoded.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
    }

    /** Whether a byte never needs encoding (RFC 3986 §2.3). */
    public static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
