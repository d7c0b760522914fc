package dev.relay.duplex.hpack;

import dev.relay.http.Headers.Field;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads blocks of compressed fields (RFC 7541 §6), one after the other, as they came on one connection. */
public final class FieldDecoder {
    /** The size that both sides begin with (RFC 9113 §6.5.2). */
    public static final int TABLE_SIZE = 4096;

    private static final int LONGEST_INTEGER = 28;

    private final HuffmanCode huffman = new HuffmanCode();
    private final FieldTable table = new FieldTable(TABLE_SIZE);
    private final int mostFields;
    private final int mostBytes;

    /**
     * @param mostFields how many fields a block may have
     * @param mostBytes how large they may be together, each as RFC 7541 §4.1 counts it
     */
    public FieldDecoder(int mostFields, int mostBytes) {
        this.mostFields = mostFields;
        this.mostBytes = mostBytes;
    }

    /**
     * The fields of a block, pseudo fields among them, each byte a character.
     *
     * @throws ProtocolException when it is malformed or too large; the connection is of no further use then
     */
    public List<Field> decode(ByteBuffer block) throws ProtocolException {
        var fields = new ArrayList<Field>();
        int bytes = 0;
        boolean begun = false;
        while (block.hasRemaining()) {
            int first = block.get() & 0xFF;
            if ((first & 0xE0) == 0x20) {
                if (begun) {
                    throw new ProtocolException("a field table that is resized in the middle of a block");
                }
                table.resize(integer(block, first, 5));
                continue;
            }
            begun = true;
            Field field = field(block, first);
            bytes += FieldTable.sizeOf(field);
            if (fields.size() == mostFields || bytes > mostBytes) {
                throw new ProtocolException("a head of more than " + mostFields + " fields or " + mostBytes + " bytes");
            }
            fields.add(field);
        }
        return fields;
    }

    private Field field(ByteBuffer block, int first) throws ProtocolException {
        if ((first & 0x80) != 0) {
            return table.at(integer(block, first, 7));
        }
        boolean remembered = (first & 0x40) != 0;
        int index = integer(block, first, remembered ? 6 : 4);
        String name = index == 0 ? text(block) : table.at(index).name();
        var field = new Field(name, text(block));
        if (remembered) {
            table.add(field);
        }
        return field;
    }

    private String text(ByteBuffer block) throws ProtocolException {
        int first = byteOf(block);
        int length = integer(block, first, 7);
        if (length > block.remaining()) {
            throw new ProtocolException("a field that is longer than its block");
        }
        ByteBuffer bytes = block.slice(block.position(), length);
        block.position(block.position() + length);
        return (first & 0x80) != 0
                ? huffman.decode(bytes)
                : StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    /** RFC 7541 §5.1. */
    private static int integer(ByteBuffer block, int first, int bits) throws ProtocolException {
        int all = (1 << bits) - 1;
        int value = first & all;
        if (value < all) {
            return value;
        }
        for (int shift = 0; shift < LONGEST_INTEGER; shift += 7) {
            int next = byteOf(block);
            value += (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new ProtocolException("a number in a head that is too large");
    }

    private static int byteOf(ByteBuffer block) throws ProtocolException {
        if (!block.hasRemaining()) {
            throw new ProtocolException("a block of fields that ends in the middle");
        }
        return block.get() & 0xFF;
    }
}
