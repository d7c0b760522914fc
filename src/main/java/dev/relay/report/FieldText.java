package dev.relay.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The value of a header field between bytes and text. The transport hands each byte over as one character; what people
 * and JSON want is text, and most servers that send more than ASCII send UTF-8 (RFC 9110 §5.5 calls it opaque data).
 */
final class FieldText {
    private FieldText() {}

    /** The text that the bytes spell: as UTF-8 when they are that, else as ISO 8859-1. */
    static String of(String value) {
        if (!isBytes(value)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            // Not UTF-8: the characters already are what ISO 8859-1 makes of the bytes.
            return value;
        }
    }

    /** The bytes as they were received. */
    static byte[] bytes(String value) {
        return value.getBytes(isBytes(value) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static boolean isBytes(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }
}
