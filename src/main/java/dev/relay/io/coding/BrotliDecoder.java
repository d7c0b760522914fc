package dev.relay.io.coding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Undoes {@code br} (RFC 7932).
 *
 * <p>What the bits that have arrived stand for is out at once. It is written for that: the library to be had waits for 4
 * KiB, and keeps back what it has decoded until its window is full. The window is as large as the body says, up to 16
 * MiB, and takes that memory once so much has come. Whatever follows the end is refused, as curl refuses it (there with
 * 23, as a failed write). Unlike in curl, a truncated body is refused.
 */
final class BrotliDecoder implements Decoder {
    private static final int PIECE = 64 * 1024;
    /** §5: the smallest length of an insert or copy code, and how many bits are added to it. */
    private static final int[] INSERTS = {
        0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 26, 34, 50, 66, 98, 130, 194, 322, 578, 1090, 2114, 6210, 22594
    };

    private static final int[] INSERT_BITS = {0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24
    };
    private static final int[] COPIES = {
        2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54, 70, 102, 134, 198, 326, 582, 1094, 2118
    };
    private static final int[] COPY_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24};
    /** §5: for each 64 commands, from which codes their insert and copy lengths count. */
    private static final int[] FIRST_INSERT = {0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16};

    private static final int[] FIRST_COPY = {0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16};
    /** Commands below this one copy from the last distance, which is not told again. */
    private static final int SAME_DISTANCE = 128;
    /** §4: which of the last distances a code stands for, and what is added to it. */
    private static final int[] LAST = {0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};

    private static final int[] ADDED = {0, 0, 0, 0, -1, 1, -2, 2, -3, 3, -1, 1, -2, 2, -3, 3};

    /** What comes next. */
    private enum Part {
        START,
        BLOCK,
        PLAIN,
        SKIPPED,
        COMMAND,
        LITERALS,
        DISTANCE,
        COPY,
        END
    }

    private final ForwardBits in = new ForwardBits();
    private final int[] lastDistances = {4, 11, 15, 16};
    private Part part = Part.START;
    private Window window = new Window(1 << 10);
    private @Nullable BrotliBlock block;
    private boolean lastBlock;
    /** How many bytes of the meta-block are still to come. */
    private int left;

    private int literalsLeft;
    private int copyLeft;
    private int distance;
    private boolean sameDistance;
    private @Nullable BrokenCodingException broken;

    @Override
    public @Nullable ByteBuffer decode(ByteBuffer encoded) throws BrokenCodingException {
        if (encoded.hasRemaining()) {
            in.add(encoded);
        }
        ByteBuffer bytes = window.take();
        if (bytes != null) {
            return bytes;
        }
        if (broken != null) {
            throw broken;
        }
        try {
            boolean goesOn = true;
            while (goesOn && room() > 0) {
                goesOn = step();
            }
        } catch (BrokenCodingException e) {
            if (window.unread() == 0) {
                throw e;
            }
            // What came before is handed out first.
            broken = e;
        }
        return window.take();
    }

    /** How many bytes more make a piece that is handed out. */
    private int room() {
        return Math.min(window.room() - BrotliDictionary.MOST_BYTES, PIECE - window.unread());
    }

    /** Reads on; what has not arrived as a whole is read again when more has. Says whether it got on. */
    private boolean step() throws BrokenCodingException {
        int start = in.position();
        try {
            boolean goesOn = proceed();
            if (!in.isOverrun()) {
                return goesOn;
            }
        } catch (BrokenCodingException e) {
            if (!in.isOverrun()) {
                throw e;
            }
        }
        in.goBack(start);
        return false;
    }

    private boolean proceed() throws BrokenCodingException {
        return switch (part) {
            case START -> readStart();
            case BLOCK -> readBlock();
            case PLAIN, SKIPPED -> pass();
            case COMMAND -> readCommand(open());
            case LITERALS -> readLiterals(open());
            case DISTANCE -> readDistance(open());
            case COPY -> copy();
            case END -> {
                if (in.available() > 0) {
                    throw new BrokenCodingException("more bytes after the end of the data");
                }
                yield false;
            }
        };
    }

    /** The size of the window (§9.1). */
    private boolean readStart() throws BrokenCodingException {
        int bits = 16;
        if (in.read(1) == 1) {
            int more = in.read(3);
            bits = 17 + more;
            if (more == 0) {
                int less = in.read(3);
                bits = less == 0 ? 17 : 8 + less;
                check(less != 1, "a window of an unknown size is wanted");
            }
        }
        if (!in.isOverrun()) {
            window = new Window((1 << bits) - 16);
            part = Part.BLOCK;
        }
        return true;
    }

    /** The header of a meta-block (§9.2). */
    private boolean readBlock() throws BrokenCodingException {
        boolean last = in.read(1) == 1;
        if (last && in.read(1) == 1) {
            if (!in.isOverrun()) {
                lastBlock = true;
                endBlock();
            }
            return true;
        }
        int nibbles = 4 + in.read(2);
        int length = nibbles == 7 ? readSkippedLength() : readLength(nibbles);
        boolean plain = nibbles != 7 && !last && in.read(1) == 1;
        if (nibbles == 7 || plain) {
            check(in.readPadding() == 0, "padding is not zero");
        }
        BrotliBlock read = nibbles == 7 || plain ? null : new BrotliBlock(in);
        if (!in.isOverrun()) {
            lastBlock = last;
            left = length;
            block = read;
            part = read != null ? Part.COMMAND : plain ? Part.PLAIN : Part.SKIPPED;
        }
        return true;
    }

    private int readLength(int nibbles) throws BrokenCodingException {
        int length = in.read(4 * nibbles);
        check(nibbles == 4 || length >>> (4 * (nibbles - 1)) != 0, "a length has leading zeros");
        return length + 1;
    }

    private int readSkippedLength() throws BrokenCodingException {
        check(in.read(1) == 0, "a reserved bit is set");
        int bytes = in.read(2);
        int length = in.read(8 * bytes);
        check(bytes < 2 || length >>> (8 * (bytes - 1)) != 0, "a length has leading zeros");
        return bytes == 0 ? 0 : length + 1;
    }

    /** Bytes that stand for themselves, or for nothing. */
    private boolean pass() throws BrokenCodingException {
        int count = Math.min(left, in.available());
        if (part == Part.PLAIN) {
            count = Math.min(count, room());
            window.append(in.slice(count), count);
        }
        in.skip(8 * count);
        left -= count;
        if (left == 0) {
            endBlock();
            return true;
        }
        return count > 0;
    }

    private boolean readCommand(BrotliBlock current) {
        if (!current.commands().isReady(in)) {
            return false;
        }
        int start = in.position();
        int command = current.command(in);
        int insert = FIRST_INSERT[command >> 6] + (command >> 3 & 7);
        int copy = FIRST_COPY[command >> 6] + (command & 7);
        int inserted = INSERTS[insert] + in.read(INSERT_BITS[insert]);
        int copied = COPIES[copy] + in.read(COPY_BITS[copy]);
        if (in.isOverrun()) {
            in.goBack(start);
            return false;
        }
        current.commands().use();
        literalsLeft = inserted;
        copyLeft = copied;
        sameDistance = command < SAME_DISTANCE;
        part = Part.LITERALS;
        return true;
    }

    private boolean readLiterals(BrotliBlock current) throws BrokenCodingException {
        check(literalsLeft <= left, "a meta-block is too long");
        int most = Math.min(literalsLeft, room());
        for (int i = 0; i < most; i++) {
            if (!current.literals().isReady(in)) {
                return false;
            }
            int start = in.position();
            int literal = current.literal(in, window.last(1) & 0xff, window.last(2) & 0xff);
            if (in.isOverrun()) {
                in.goBack(start);
                return false;
            }
            current.literals().use();
            window.append((byte) literal);
            literalsLeft--;
            left--;
        }
        if (literalsLeft == 0) {
            if (left == 0) {
                // The copy of the last command is not meant.
                endBlock();
            } else {
                part = Part.DISTANCE;
            }
        }
        return true;
    }

    private boolean readDistance(BrotliBlock current) throws BrokenCodingException {
        long told = -1;
        if (!sameDistance) {
            if (!current.distances().isReady(in)) {
                return false;
            }
            int start = in.position();
            told = current.distance(in, copyLeft);
            if (in.isOverrun()) {
                in.goBack(start);
                return false;
            }
            current.distances().use();
        }
        long real = told > 0 ? told : lastDistances[LAST[(int) (-1 - told)]] + (long) ADDED[(int) (-1 - told)];
        check(real > 0, "a distance is not positive");
        if (real > window.reach()) {
            return insertWord(real - window.reach() - 1);
        }
        check(copyLeft <= left, "a meta-block is too long");
        distance = (int) real;
        if (told != -1) {
            System.arraycopy(lastDistances, 0, lastDistances, 1, lastDistances.length - 1);
            lastDistances[0] = distance;
        }
        part = Part.COPY;
        return true;
    }

    /** A distance that leads before the window stands for a word of the dictionary (§8). */
    private boolean insertWord(long number) throws BrokenCodingException {
        byte[] word = BrotliDictionary.word(copyLeft, (int) Math.min(number, Integer.MAX_VALUE));
        check(word.length <= left, "a meta-block is too long");
        window.append(word, 0, word.length);
        left -= word.length;
        endCommand();
        return true;
    }

    private boolean copy() throws BrokenCodingException {
        int count = Math.min(copyLeft, room());
        window.repeat(distance, count);
        copyLeft -= count;
        left -= count;
        if (copyLeft == 0) {
            endCommand();
        }
        return true;
    }

    private void endCommand() throws BrokenCodingException {
        if (left == 0) {
            endBlock();
        } else {
            part = Part.COMMAND;
        }
    }

    private void endBlock() throws BrokenCodingException {
        block = null;
        part = lastBlock ? Part.END : Part.BLOCK;
        if (lastBlock) {
            check(in.readPadding() == 0, "padding is not zero");
        }
    }

    private BrotliBlock open() {
        if (block == null) {
            throw new IllegalStateException("no meta-block is open");
        }
        return block;
    }

    @Override
    public boolean isComplete() {
        return part == Part.END;
    }

    private static void check(boolean holds, String otherwise) throws BrokenCodingException {
        if (!holds) {
            throw new BrokenCodingException(otherwise);
        }
    }
}
