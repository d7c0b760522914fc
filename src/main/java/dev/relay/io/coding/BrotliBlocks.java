package dev.relay.io.coding;

/** How one kind of symbols is cut into blocks, each of a type that chooses the prefix codes (RFC 7932 §6). */
final class BrotliBlocks {
    private static final int[] COUNTS = {
        1, 5, 9, 13, 17, 25, 33, 41, 49, 65, 81, 97, 113, 145, 177, 209, 241, 305, 369, 497, 753, 1265, 2289, 4337,
        8433, 16625
    };
    private static final int[] COUNT_BITS = {
        2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24
    };
    /** More than any part of a body has symbols. */
    private static final int UNLIMITED = 1 << 24;

    private final int types;
    private final BrotliCode typeCode;
    private final BrotliCode countCode;
    private int type;
    private int previous = 1;
    private int left;

    private BrotliBlocks(int types, ForwardBits in) throws BrokenCodingException {
        this.types = types;
        this.typeCode = BrotliCode.read(in, types + 2);
        this.countCode = BrotliCode.read(in, COUNTS.length);
        this.left = count(in);
    }

    /** All in one block. */
    private BrotliBlocks(BrotliCode none) {
        this.types = 1;
        this.typeCode = none;
        this.countCode = none;
        this.left = UNLIMITED;
    }

    static BrotliBlocks read(ForwardBits in) throws BrokenCodingException {
        int types = readNumber(in);
        return types > 1 ? new BrotliBlocks(types, in) : new BrotliBlocks(BrotliCode.NONE);
    }

    /** A number from 1 to 256. */
    static int readNumber(ForwardBits in) {
        if (in.read(1) == 0) {
            return 1;
        }
        int width = in.read(3);
        return 1 + (1 << width) + in.read(width);
    }

    private int count(ForwardBits in) {
        int code = countCode.decode(in);
        return COUNTS[code] + in.read(COUNT_BITS[code]);
    }

    int types() {
        return types;
    }

    /** The type of the current block. */
    int type() {
        return type;
    }

    /** Begins the next block when the current one is used up. Says whether what that takes has arrived. */
    boolean isReady(ForwardBits in) {
        if (left > 0) {
            return true;
        }
        int start = in.position();
        int code = typeCode.decode(in);
        int count = count(in);
        if (in.isOverrun()) {
            in.goBack(start);
            return false;
        }
        int next = code == 0 ? previous : code == 1 ? type + 1 : code - 2;
        previous = type;
        type = next >= types ? next - types : next;
        left = count;
        return true;
    }

    /** One more symbol of the block was read. */
    void use() {
        left--;
    }
}
