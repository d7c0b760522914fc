package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals of a block (RFC 8878 §3.1.1.3.1): the bytes that are no copies of earlier ones. */
final class ZstdLiterals {
    private static final int JUMP_TABLE = 6;

    private final byte[] bytes = new byte[ZstdDecoder.MOST_BLOCK];
    private int size;
    /** The tree of the last block that had one, which the next may use too. */
    private @Nullable ZstdHuffman tree;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** What was before belongs to another frame. */
    void forget() {
        tree = null;
    }

    /** Reads the section and leaves the position after it. */
    void read(ByteBuffer block, int to) throws BrokenCodingException {
        int from = block.position();
        long header = block.getLong(from);
        int type = (int) header & 3;
        int format = (int) header >> 2 & 3;
        if (type < 2) {
            int length = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
            int used = length == 1 ? 3 : 4;
            size = (int) (header >> used) & ((1 << (8 * length - used)) - 1);
            int stored = type == 0 ? size : 1;
            check(size <= bytes.length && to - from - length >= stored);
            block.position(from + length);
            readPlain(block, type == 0);
            return;
        }
        int width = format == 3 ? 18 : format == 2 ? 14 : 10;
        int length = (4 + 2 * width + 7) / 8;
        size = (int) (header >> 4) & ((1 << width) - 1);
        int compressed = (int) (header >> (4 + width)) & ((1 << width) - 1);
        check(size <= bytes.length && to - from - length >= compressed);
        block.position(from + length);
        int end = from + length + compressed;
        if (type == 2) {
            tree = ZstdHuffman.read(block, end);
        }
        if (tree == null) {
            throw new BrokenCodingException("literals without a Huffman tree");
        }
        readStreams(tree, block, end, format == 0);
        block.position(end);
    }

    private void readPlain(ByteBuffer block, boolean raw) {
        if (raw) {
            block.get(bytes, 0, size);
        } else {
            Arrays.fill(bytes, 0, size, block.get());
        }
    }

    private void readStreams(ZstdHuffman code, ByteBuffer block, int end, boolean single) throws BrokenCodingException {
        int from = block.position();
        if (single) {
            code.decode(new BackwardBits(block, from, end), bytes, 0, size);
            return;
        }
        check(end - from >= JUMP_TABLE);
        int quarter = (size + 3) / 4;
        check(3 * quarter <= size);
        int start = from + JUMP_TABLE;
        for (int i = 0; i < 4; i++) {
            int stop = i == 3 ? end : start + (block.getShort(from + 2 * i) & 0xffff);
            check(stop <= end);
            code.decode(new BackwardBits(block, start, stop), bytes, i * quarter, i == 3 ? size : (i + 1) * quarter);
            start = stop;
        }
    }

    private static void check(boolean fits) throws BrokenCodingException {
        if (!fits) {
            throw new BrokenCodingException("the sizes of literals do not fit their block");
        }
    }
}
