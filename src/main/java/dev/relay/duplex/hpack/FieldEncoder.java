package dev.relay.duplex.hpack;

import dev.relay.http.Headers.Field;
import dev.relay.http.SecretFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a block of fields (RFC 7541 §6). It remembers nothing: a connection of one request would never use it. */
public final class FieldEncoder {
    private static final int INDEXED = 0x80;
    private static final int LITERAL = 0x00;
    private static final int NEVER_INDEXED = 0x10;

    private final ByteArrayOutputStream block = new ByteArrayOutputStream(512);

    private FieldEncoder() {}

    /** The block; names stand in lower case, and no proxy on the way may put a secret into a table. */
    public static byte[] encode(List<Field> fields) {
        var encoder = new FieldEncoder();
        fields.forEach(encoder::add);
        return encoder.block.toByteArray();
    }

    private void add(Field field) {
        int index = FieldTable.indexOf(field.name(), field.value());
        if (index > 0) {
            integer(INDEXED, 7, index);
            return;
        }
        integer(SecretFields.carries(field.name()) ? NEVER_INDEXED : LITERAL, 4, -index);
        if (index == 0) {
            text(field.name());
        }
        text(field.value());
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        integer(0, 7, bytes.length);
        block.writeBytes(bytes);
    }

    private void integer(int pattern, int bits, int value) {
        int all = (1 << bits) - 1;
        if (value < all) {
            block.write(pattern | value);
            return;
        }
        block.write(pattern | all);
        int rest = value - all;
        for (; rest > 0x7F; rest >>>= 7) {
            block.write((rest & 0x7F) | 0x80);
        }
        block.write(rest);
    }
}
