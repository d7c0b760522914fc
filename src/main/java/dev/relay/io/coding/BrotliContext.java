package dev.relay.io.coding;

/** Which prefix code the context of a symbol chooses (RFC 7932 §7). */
final class BrotliContext {
    /** §7.1, Lut0 for ASCII, a hexadecimal digit each, a quarter of its value. */
    private static final String LATEST_ASCII = "000000000110010000000000000000002343353467338393bbbbbbbbbb886a73"
            + "3cdddcdddcdddddcdddddcddddd637333efffefffefffffefffffefffff63730";

    private static final byte[] LATEST = new byte[256];
    private static final byte[] BEFORE = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            LATEST[i] = (byte) (i < 128 ? 4 * Character.digit(LATEST_ASCII.charAt(i), 16) : i / 64 * 2 - 4 + (i & 1));
            BEFORE[i] = (byte) kind(i);
        }
    }

    private BrotliContext() {}

    /** §7.1, Lut1: small letters, capitals, digits and what begins a character of three bytes or more, signs, the rest. */
    private static int kind(int value) {
        if (value >= 'a' && value <= 'z') {
            return 3;
        }
        if ((value >= 'A' && value <= 'Z') || (value >= '0' && value <= '9') || value >= 0xe0) {
            return 2;
        }
        return value > ' ' && value < 0x7f ? 1 : 0;
    }

    /** §7.1, Lut2: by size, with small numbers of either sign apart. */
    private static int size(int value) {
        if (value < 128) {
            return value == 0 ? 0 : value < 16 ? 1 : value < 64 ? 2 : 3;
        }
        return 7 - size(255 - value);
    }

    /**
     * The context of a literal, 0 to 63.
     *
     * @param mode 0 to 3: the lower six bits, the upper six, text, signed numbers
     * @param latest the last byte
     * @param before the one before it
     */
    static int ofLiteral(int mode, int latest, int before) {
        return switch (mode) {
            case 0 -> latest & 0x3f;
            case 1 -> latest >> 2;
            case 2 -> LATEST[latest] | BEFORE[before];
            default -> size(latest) << 3 | size(before);
        };
    }

    /** The context of a distance, 0 to 3. */
    static int ofDistance(int copyLength) {
        return Math.min(copyLength, 5) - 2;
    }

    /**
     * Reads which code each context has (§7.3).
     *
     * @param codes how many there are, 1 to 256
     */
    static byte[] readMap(ForwardBits in, int contexts, int codes) throws BrokenCodingException {
        byte[] map = new byte[contexts];
        if (codes == 1) {
            return map;
        }
        int mostRun = in.read(1) == 0 ? 0 : in.read(4) + 1;
        BrotliCode code = BrotliCode.read(in, codes + mostRun);
        for (int i = 0; i < contexts; ) {
            int symbol = code.decode(in);
            int run = symbol == 0 || symbol > mostRun ? 1 : (1 << symbol) + in.read(symbol);
            if (run > contexts - i) {
                throw new BrokenCodingException("a context map is too long");
            }
            if (symbol > mostRun) {
                map[i] = (byte) (symbol - mostRun);
            }
            i += run;
        }
        if (in.read(1) != 0) {
            undoMoveToFront(map);
        }
        return map;
    }

    private static void undoMoveToFront(byte[] map) {
        byte[] order = new byte[256];
        for (int i = 0; i < order.length; i++) {
            order[i] = (byte) i;
        }
        for (int i = 0; i < map.length; i++) {
            int index = map[i] & 0xff;
            byte value = order[index];
            map[i] = value;
            System.arraycopy(order, 0, order, 1, index);
            order[0] = value;
        }
    }
}
