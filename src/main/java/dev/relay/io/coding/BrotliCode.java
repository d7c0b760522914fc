package dev.relay.io.coding;

import java.util.Arrays;

/** A prefix code of brotli (RFC 7932 §3): which bits stand for which symbol. */
final class BrotliCode {
    private static final int MOST_LENGTH = 15;
    private static final int FAST = 8;
    /** The order in which the lengths of the code length code are told (§3.5). */
    private static final int[] LENGTH_ORDER = {1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    /** For the next four bits, the length that they stand for, and how many of them. */
    private static final int[] LENGTH_VALUES = {0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5};

    private static final int[] LENGTH_BITS = {2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4};
    private static final int LENGTH_SYMBOLS = 18;

    /** The code of one symbol, 0, that needs no bits. */
    static final BrotliCode NONE = new BrotliCode(new byte[] {1});

    /** For the next eight bits, the length in the high half and the symbol in the low one; 0 for longer codes. */
    private final int[] fast;
    /** The symbols by the length of their codes, then by themselves. */
    private final short[] symbols;
    /** How many codes have each length. */
    private final int[] counts = new int[MOST_LENGTH + 1];

    /** @param lengths of each symbol's code, 0 for those without one; complete, or of one symbol, which needs no bits */
    private BrotliCode(byte[] lengths) {
        int used = 0;
        for (byte length : lengths) {
            counts[length]++;
            used += length == 0 ? 0 : 1;
        }
        counts[0] = 0;
        symbols = new short[used];
        fast = new int[used == 1 ? 1 : 1 << FAST];
        int index = 0;
        int code = 0;
        for (int length = 1; length <= MOST_LENGTH && index < used; length++, code <<= 1) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[index++] = (short) symbol;
                    fill(code++, length, symbol);
                }
            }
        }
    }

    private void fill(int code, int length, int symbol) {
        if (fast.length == 1) {
            fast[0] = symbol;
        } else if (length <= FAST) {
            int first = Integer.reverse(code) >>> (32 - length);
            for (int i = first; i < fast.length; i += 1 << length) {
                fast[i] = length << 16 | symbol;
            }
        }
    }

    /** Reads the next symbol. */
    int decode(ForwardBits in) {
        if (fast.length == 1) {
            return fast[0];
        }
        int next = in.peek(MOST_LENGTH);
        int cell = fast[next & ((1 << FAST) - 1)];
        if (cell != 0) {
            in.skip(cell >>> 16);
            return cell & 0xffff;
        }
        return decodeLong(in, next);
    }

    /** Codes of a length follow each other, and those of the next length follow them. */
    private int decodeLong(ForwardBits in, int next) {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MOST_LENGTH; length++) {
            code = code << 1 | (next >>> (length - 1) & 1);
            first <<= 1;
            if (code - first < counts[length]) {
                in.skip(length);
                return symbols[index + code - first];
            }
            index += counts[length];
            first += counts[length];
        }
        throw new IllegalStateException("a prefix code is not complete");
    }

    /** Reads the description of a code (§3.4, §3.5). */
    static BrotliCode read(ForwardBits in, int alphabet) throws BrokenCodingException {
        int skipped = in.read(2);
        byte[] lengths = skipped == 1 ? readSimple(in, alphabet) : readComplex(in, alphabet, skipped);
        if (in.isOverrun()) {
            throw new BrokenCodingException("a prefix code is cut");
        }
        return new BrotliCode(lengths);
    }

    private static byte[] readSimple(ForwardBits in, int alphabet) throws BrokenCodingException {
        int width = 32 - Integer.numberOfLeadingZeros(alphabet - 1);
        int count = in.read(2) + 1;
        int[] symbols = new int[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = in.read(width);
        }
        int shape = count + (count == 4 ? in.read(1) : 0);
        int[] shapes = switch (shape) {
            case 1 -> new int[] {1};
            case 2 -> new int[] {1, 1};
            case 3 -> new int[] {1, 2, 2};
            case 4 -> new int[] {2, 2, 2, 2};
            default -> new int[] {1, 2, 3, 3};
        };
        byte[] lengths = new byte[alphabet];
        for (int i = 0; i < count; i++) {
            if (symbols[i] >= alphabet || lengths[symbols[i]] != 0) {
                throw new BrokenCodingException("a prefix code has wrong symbols");
            }
            lengths[symbols[i]] = (byte) shapes[i];
        }
        return lengths;
    }

    private static byte[] readComplex(ForwardBits in, int alphabet, int skipped) throws BrokenCodingException {
        BrotliCode code = readLengthCode(in, skipped);
        byte[] lengths = new byte[alphabet];
        int symbol = 0;
        int space = 1 << MOST_LENGTH;
        int last = 8;
        int repeated = 0;
        int repeats = 0;
        while (symbol < alphabet && space > 0) {
            int length = code.decode(in);
            if (length < 16) {
                repeats = 0;
                lengths[symbol++] = (byte) length;
                last = length == 0 ? last : length;
                space -= length == 0 ? 0 : 1 << (MOST_LENGTH - length);
                continue;
            }
            int value = length == 16 ? last : 0;
            int before = repeated == value ? repeats : 0;
            int extra = length - 14;
            repeated = value;
            repeats = (before > 0 ? (before - 2) << extra : 0) + in.read(extra) + 3;
            int end = symbol + repeats - before;
            if (end > alphabet) {
                throw new BrokenCodingException("a prefix code is too long");
            }
            Arrays.fill(lengths, symbol, end, (byte) value);
            space -= value == 0 ? 0 : (end - symbol) << (MOST_LENGTH - value);
            symbol = end;
        }
        if (space != 0) {
            throw new BrokenCodingException("a prefix code is not complete");
        }
        return lengths;
    }

    private static BrotliCode readLengthCode(ForwardBits in, int skipped) throws BrokenCodingException {
        byte[] lengths = new byte[LENGTH_SYMBOLS];
        int space = 32;
        int used = 0;
        for (int i = skipped; i < LENGTH_SYMBOLS && space > 0; i++) {
            int bits = in.peek(4);
            in.skip(LENGTH_BITS[bits]);
            int length = LENGTH_VALUES[bits];
            lengths[LENGTH_ORDER[i]] = (byte) length;
            if (length > 0) {
                space -= 32 >> length;
                used++;
            }
        }
        if (space != 0 && used != 1) {
            throw new BrokenCodingException("a code of code lengths is not complete");
        }
        return new BrotliCode(lengths);
    }
}
