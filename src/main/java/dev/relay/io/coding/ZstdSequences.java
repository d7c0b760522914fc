package dev.relay.io.coding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sequences of a block (RFC 8878 §3.1.1.3.2): each appends some literals, then a copy of earlier bytes. Tables and
 * the last three offsets live as long as the frame.
 */
final class ZstdSequences {
    /** What a length code stands for: the smallest length, and how many bits are added to it (§3.1.1.3.2.1.1). */
    private static final int[] LITERAL_LENGTHS = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536
    };

    private static final int[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };

    private final Codes literalLengths = new Codes(9, 35, 6, new int[] {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
    });
    private final Codes offsets = new Codes(8, 31, 5, new int[] {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    });
    private final Codes matchLengths = new Codes(9, 52, 6, new int[] {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    });
    private final int[] lastOffsets = {1, 4, 8};

    /** One of the three kinds of codes: what tables it may have, and the one that it has (§3.1.1.3.2.2). */
    private static final class Codes {
        private final int mostLog;
        private final int most;
        private final int predefinedLog;
        private final int[] predefined;
        private @Nullable FseTable usual;
        private @Nullable FseTable table;

        Codes(int mostLog, int most, int predefinedLog, int[] predefined) {
            this.mostLog = mostLog;
            this.most = most;
            this.predefinedLog = predefinedLog;
            this.predefined = predefined;
        }

        FseTable read(int mode, ByteBuffer block, int to) throws BrokenCodingException {
            FseTable read = switch (mode) {
                case 0 -> usual();
                case 1 -> FseTable.of(single(next(block, to)));
                case 2 -> FseTable.read(block, to, mostLog, most);
                default -> table;
            };
            if (read == null) {
                throw new BrokenCodingException("a table is to be repeated that was never there");
            }
            table = read;
            return read;
        }

        private FseTable usual() {
            if (usual == null) {
                usual = FseTable.of(predefinedLog, predefined);
            }
            return usual;
        }

        private int single(int symbol) throws BrokenCodingException {
            if (symbol > most) {
                throw new BrokenCodingException("a code that does not exist");
            }
            return symbol;
        }
    }

    /** Appends what the section says, and the literals that are left then. */
    void execute(ByteBuffer block, int to, ZstdLiterals literals, Window window, int most)
            throws BrokenCodingException {
        int count = count(block, to);
        int used = 0;
        int room = most - literals.size();
        if (count > 0) {
            int modes = next(block, to);
            FseTable lengthTable = literalLengths.read(modes >> 6, block, to);
            FseTable offsetTable = offsets.read(modes >> 4 & 3, block, to);
            FseTable matchTable = matchLengths.read(modes >> 2 & 3, block, to);
            check((modes & 3) == 0, "reserved bits are set");
            var in = new BackwardBits(block, block.position(), to);
            int lengthState = lengthTable.first(in);
            int offsetState = offsetTable.first(in);
            int matchState = matchTable.first(in);
            for (int i = 0; i < count; i++) {
                int offsetCode = offsetTable.symbol(offsetState);
                long offset = (1L << offsetCode) + in.read(offsetCode);
                int matchCode = matchTable.symbol(matchState);
                int match = MATCH_LENGTHS[matchCode] + (int) in.read(MATCH_BITS[matchCode]);
                int lengthCode = lengthTable.symbol(lengthState);
                int length = LITERAL_LENGTHS[lengthCode] + (int) in.read(LITERAL_BITS[lengthCode]);
                if (i < count - 1) {
                    lengthState = lengthTable.next(lengthState, in);
                    matchState = matchTable.next(matchState, in);
                    offsetState = offsetTable.next(offsetState, in);
                }
                room -= match;
                check(length <= literals.size() - used && room >= 0, "a sequence does not fit its block");
                window.append(literals.bytes(), used, length);
                used += length;
                long distance = distance(offset, length == 0);
                check(distance > 0 && distance <= window.reach(), "an offset leads out of the window");
                window.repeat((int) distance, match);
            }
            check(in.left() == 0, "sequences do not fill their block");
        } else {
            check(block.position() == to, "sequences do not fill their block");
        }
        check(literals.size() <= most, "a block is too large");
        window.append(literals.bytes(), used, literals.size() - used);
    }

    private static int count(ByteBuffer block, int to) throws BrokenCodingException {
        int first = next(block, to);
        if (first < 128) {
            return first;
        }
        int second = next(block, to);
        return first < 255 ? ((first - 128) << 8) + second : second + (next(block, to) << 8) + 0x7f00;
    }

    /** The smallest values of an offset stand for one of the last three (§3.1.1.5). */
    private long distance(long offset, boolean withoutLiterals) {
        if (offset > 3) {
            remember(2, offset - 3);
            return offset - 3;
        }
        int index = (int) offset - (withoutLiterals ? 0 : 1);
        long distance = index == 3 ? lastOffsets[0] - 1L : lastOffsets[index];
        remember(Math.min(index, 2), distance);
        return distance;
    }

    /** Puts it first, and the others after it; the one that was at that index goes. */
    private void remember(int index, long distance) {
        for (int i = index; i > 0; i--) {
            lastOffsets[i] = lastOffsets[i - 1];
        }
        lastOffsets[0] = (int) distance;
    }

    private static int next(ByteBuffer block, int to) throws BrokenCodingException {
        check(block.position() < to, "a block is cut");
        return block.get() & 0xff;
    }

    private static void check(boolean holds, String otherwise) throws BrokenCodingException {
        if (!holds) {
            throw new BrokenCodingException(otherwise);
        }
    }
}
