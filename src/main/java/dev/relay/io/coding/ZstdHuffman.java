package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A Huffman tree of zstd (RFC 8878 §4.2): for each prefix of the longest length, its symbol and its real length. */
final class ZstdHuffman {
    private static final int MOST_BITS = 11;
    private static final int MOST_SYMBOLS = 256;
    private static final int WEIGHTS_LOG = 6;

    private final int most;
    /** The length in the high byte, the symbol in the low one. */
    private final short[] cells;

    /**
     * From the weights of all symbols but the last with one, whose weight completes the tree.
     *
     * @param weights 0 for symbols that do not occur
     */
    private ZstdHuffman(byte[] weights, int count) throws BrokenCodingException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
        }
        most = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << most) - sum;
        if (sum == 0 || most > MOST_BITS || Integer.bitCount(rest) != 1 || count >= MOST_SYMBOLS) {
            throw new BrokenCodingException("a Huffman tree is broken");
        }
        weights[count] = (byte) (Integer.numberOfTrailingZeros(rest) + 1);
        cells = new short[1 << most];
        int cell = 0;
        for (int weight = 1; weight <= most; weight++) {
            for (int symbol = 0; symbol <= count; symbol++) {
                if (weights[symbol] == weight) {
                    int end = cell + (1 << (weight - 1));
                    Arrays.fill(cells, cell, end, (short) (((most + 1 - weight) << 8) | symbol));
                    cell = end;
                }
            }
        }
    }

    /** Reads the description of a tree and leaves the position after it. */
    static ZstdHuffman read(ByteBuffer bytes, int to) throws BrokenCodingException {
        byte[] weights = new byte[MOST_SYMBOLS + 1];
        int header = next(bytes, to);
        int count;
        if (header < 128) {
            int end = bytes.position() + header;
            if (end > to) {
                throw new BrokenCodingException("a Huffman tree is cut");
            }
            count = readCompressed(bytes, end, weights);
            bytes.position(end);
        } else {
            count = header - 127;
            for (int i = 0; i < count; i += 2) {
                int two = next(bytes, to);
                weights[i] = (byte) (two >> 4);
                weights[i + 1] = (byte) (two & 15);
            }
        }
        for (int i = 0; i < count; i++) {
            if (weights[i] > MOST_BITS) {
                throw new BrokenCodingException("a Huffman code is too long");
            }
        }
        return new ZstdHuffman(weights, count);
    }

    private static int next(ByteBuffer bytes, int to) throws BrokenCodingException {
        if (bytes.position() >= to) {
            throw new BrokenCodingException("a Huffman tree is cut");
        }
        return bytes.get() & 0xff;
    }

    /** Two states take turns until the bits are used up; then the state whose turn it is gives one more. */
    private static int readCompressed(ByteBuffer bytes, int end, byte[] weights) throws BrokenCodingException {
        FseTable table = FseTable.read(bytes, end, WEIGHTS_LOG, MOST_BITS + 1);
        var in = new BackwardBits(bytes, bytes.position(), end);
        int state = table.first(in);
        int other = table.first(in);
        int count = 0;
        while (in.left() >= 0) {
            if (count >= MOST_SYMBOLS - 1) {
                throw new BrokenCodingException("a Huffman tree has too many symbols");
            }
            weights[count++] = (byte) table.symbol(state);
            int next = table.next(state, in);
            state = other;
            other = next;
        }
        weights[count++] = (byte) table.symbol(state);
        return count;
    }

    /** Decodes one stream, which must hold exactly so many symbols. */
    void decode(BackwardBits in, byte[] into, int from, int to) throws BrokenCodingException {
        for (int i = from; i < to; i++) {
            short cell = cells[(int) in.peek(most)];
            into[i] = (byte) cell;
            in.skip(cell >> 8);
        }
        if (in.left() != 0) {
            throw new BrokenCodingException("literals do not fill their stream");
        }
    }
}
