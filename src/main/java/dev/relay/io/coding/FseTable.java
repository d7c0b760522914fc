package dev.relay.io.coding;

import java.nio.ByteBuffer;

/** A decoding table of finite state entropy (RFC 8878 §4.1): each state stands for a symbol and leads to the next. */
final class FseTable {
    private final int log;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] baselines;

    private FseTable(int log) {
        this.log = log;
        this.symbols = new byte[1 << log];
        this.bits = new byte[1 << log];
        this.baselines = new short[1 << log];
    }

    /** The table that gives that symbol always, at no bits. */
    static FseTable of(int symbol) {
        var table = new FseTable(0);
        table.symbols[0] = (byte) symbol;
        return table;
    }

    /**
     * The table of these probabilities.
     *
     * @param log the table has 2^log states, and so has the sum of the probabilities
     * @param shares of each symbol, -1 for less than one
     */
    static FseTable of(int log, int... shares) {
        var table = new FseTable(log);
        int size = 1 << log;
        int[] next = new int[shares.length];
        int high = size - 1;
        for (int symbol = 0; symbol < shares.length; symbol++) {
            next[symbol] = Math.max(shares[symbol], 1);
            if (shares[symbol] < 0) {
                table.symbols[high--] = (byte) symbol;
            }
        }
        table.spread(shares, high);
        for (int state = 0; state < size; state++) {
            int value = next[table.symbols[state]]++;
            int count = log - (31 - Integer.numberOfLeadingZeros(value));
            table.bits[state] = (byte) count;
            table.baselines[state] = (short) ((value << count) - size);
        }
        return table;
    }

    private void spread(int[] shares, int high) {
        int size = symbols.length;
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < shares.length; symbol++) {
            for (int i = 0; i < shares[symbol]; i++) {
                symbols[position] = (byte) symbol;
                do {
                    position = (position + step) & (size - 1);
                } while (position > high);
            }
        }
    }

    /**
     * Reads the description of a table (RFC 8878 §4.1.1) and leaves the position after it.
     *
     * @param bytes little-endian, as for {@link BackwardBits}
     * @param to where the data ends
     * @param mostLog the largest log that is allowed
     * @param most the largest symbol that is allowed
     */
    static FseTable read(ByteBuffer bytes, int to, int mostLog, int most) throws BrokenCodingException {
        var description = new Description(bytes);
        int log = description.bits(4) + 5;
        if (log > mostLog) {
            throw new BrokenCodingException("an FSE table is too large");
        }
        int[] shares = new int[most + 1];
        int symbol = 0;
        int remaining = 1 << log;
        while (remaining > 0) {
            if (symbol > most || bytes.position() + description.bit / 8 > to) {
                throw new BrokenCodingException("an FSE table is broken");
            }
            int share = description.share(remaining);
            remaining -= Math.abs(share);
            shares[symbol++] = share;
            symbol += share == 0 ? description.zeros() : 0;
        }
        bytes.position(bytes.position() + (description.bit + 7) / 8);
        if (bytes.position() > to) {
            throw new BrokenCodingException("an FSE table is cut");
        }
        return of(log, shares);
    }

    /** The bits of a description, the lowest first. */
    private static final class Description {
        private final ByteBuffer bytes;
        private int bit;

        Description(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        int peek(int count) {
            int from = Math.min(bytes.position() + bit / 8, bytes.capacity() - Long.BYTES);
            return (int) (bytes.getLong(from) >>> bit % 8) & ((1 << count) - 1);
        }

        int bits(int count) {
            int value = peek(count);
            bit += count;
            return value;
        }

        /** A share of what remains; the smaller ones take one bit less than the larger. */
        int share(int remaining) {
            int width = 32 - Integer.numberOfLeadingZeros(remaining + 1);
            int value = peek(width);
            int half = (1 << (width - 1)) - 1;
            int small = (1 << width) - 1 - (remaining + 1);
            if ((value & half) < small) {
                bit += width - 1;
                return (value & half) - 1;
            }
            bit += width;
            return (value > half ? value - small : value) - 1;
        }

        /** How many more symbols have no share. */
        int zeros() {
            int count = 0;
            int more = bits(2);
            while (more == 3 && count <= 256) {
                count += more;
                more = bits(2);
            }
            return count + more;
        }
    }

    /** The first state. */
    int first(BackwardBits in) {
        return (int) in.read(log);
    }

    int symbol(int state) {
        return symbols[state];
    }

    int next(int state, BackwardBits in) {
        return baselines[state] + (int) in.read(bits[state]);
    }
}
