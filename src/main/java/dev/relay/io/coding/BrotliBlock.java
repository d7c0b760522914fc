package dev.relay.io.coding;

/** What holds for one meta-block of brotli (RFC 7932 §9.2): how its symbols are cut into blocks, and their codes. */
final class BrotliBlock {
    private static final int COMMANDS = 704;
    private static final int LITERAL_CONTEXTS = 64;
    private static final int DISTANCE_CONTEXTS = 4;
    /** Distance codes up to here stand for one of the last distances. */
    private static final int LAST_DISTANCES = 16;

    private final BrotliBlocks literals;
    private final BrotliBlocks commands;
    private final BrotliBlocks distances;
    private final int postfixBits;
    private final int direct;
    private final int[] modes;
    private final byte[] literalMap;
    private final byte[] distanceMap;
    private final BrotliCode[] literalCodes;
    private final BrotliCode[] commandCodes;
    private final BrotliCode[] distanceCodes;

    /** Reads the header of a meta-block, from after its length on. */
    BrotliBlock(ForwardBits in) throws BrokenCodingException {
        literals = BrotliBlocks.read(in);
        commands = BrotliBlocks.read(in);
        distances = BrotliBlocks.read(in);
        postfixBits = in.read(2);
        direct = in.read(4) << postfixBits;
        modes = new int[literals.types()];
        for (int i = 0; i < modes.length; i++) {
            modes[i] = in.read(2);
        }
        int literalTrees = BrotliBlocks.readNumber(in);
        literalMap = BrotliContext.readMap(in, LITERAL_CONTEXTS * literals.types(), literalTrees);
        int distanceTrees = BrotliBlocks.readNumber(in);
        distanceMap = BrotliContext.readMap(in, DISTANCE_CONTEXTS * distances.types(), distanceTrees);
        literalCodes = codes(in, literalTrees, 256);
        commandCodes = codes(in, commands.types(), COMMANDS);
        distanceCodes = codes(in, distanceTrees, LAST_DISTANCES + direct + (48 << postfixBits));
    }

    private static BrotliCode[] codes(ForwardBits in, int count, int alphabet) throws BrokenCodingException {
        var codes = new BrotliCode[count];
        for (int i = 0; i < count; i++) {
            codes[i] = BrotliCode.read(in, alphabet);
        }
        return codes;
    }

    BrotliBlocks literals() {
        return literals;
    }

    BrotliBlocks commands() {
        return commands;
    }

    BrotliBlocks distances() {
        return distances;
    }

    /** Reads the next literal. */
    int literal(ForwardBits in, int latest, int before) {
        int type = literals.type();
        int context = BrotliContext.ofLiteral(modes[type], latest, before);
        return literalCodes[literalMap[LITERAL_CONTEXTS * type + context] & 0xff].decode(in);
    }

    /** Reads the next command. */
    int command(ForwardBits in) {
        return commandCodes[commands.type()].decode(in);
    }

    /** Reads the next distance: a negative one, -1 to -16, stands for the codes of the last distances (§4). */
    long distance(ForwardBits in, int copyLength) {
        int context = DISTANCE_CONTEXTS * distances.type() + BrotliContext.ofDistance(copyLength);
        int code = distanceCodes[distanceMap[context] & 0xff].decode(in);
        if (code < LAST_DISTANCES) {
            return -1L - code;
        }
        int value = code - LAST_DISTANCES;
        if (value < direct) {
            return value + 1L;
        }
        value -= direct;
        int width = 1 + (value >> (postfixBits + 1));
        long high = ((2L + (value >> postfixBits & 1)) << width) - 4 + in.read(width);
        return (high << postfixBits) + (value & ((1 << postfixBits) - 1)) + direct + 1;
    }
}
