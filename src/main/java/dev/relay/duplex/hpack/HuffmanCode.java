package dev.relay.duplex.hpack;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The code of RFC 7541, appendix B. It is canonical: codes of one length follow one another in the order of their bytes,
 * so the lengths say it all.
 */
final class HuffmanCode {
    /** The length of the code of each byte, a for 5 bits up to z for 30. */
    private static final String LENGTHS = "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
            + "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
            + "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
            + "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwv";

    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;
    /** Padding is shorter than this (RFC 7541 §5.2). */
    private static final int A_BYTE = 8;

    /** The bytes in the order of their codes. */
    private final byte[] inOrder = new byte[256];
    /** Of each length: its first code, and the place of the byte that has it. */
    private final int[] firstCode = new int[LONGEST + 2];

    private final int[] firstPlace = new int[LONGEST + 2];

    HuffmanCode() {
        int code = 0;
        int place = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            firstCode[length] = code;
            firstPlace[length] = place;
            for (int value = 0; value < 256; value++) {
                if (LENGTHS.charAt(value) - 'a' + SHORTEST == length) {
                    inOrder[place++] = (byte) value;
                    code++;
                }
            }
            code <<= 1;
        }
        firstPlace[LONGEST + 1] = place;
    }

    /**
     * Decodes all of the buffer, each byte a character.
     *
     * @throws ProtocolException for a padding that is none, and for the code of the end, which is never sent
     */
    String decode(ByteBuffer encoded) throws ProtocolException {
        var decoded = new ByteArrayOutputStream(encoded.remaining() * 2);
        int code = 0;
        int length = 0;
        while (encoded.hasRemaining()) {
            int bits = encoded.get();
            for (int bit = 7; bit >= 0; bit--) {
                code = (code << 1) | ((bits >> bit) & 1);
                length++;
                int offset = code - firstCode[length];
                if (length >= SHORTEST && offset >= 0 && offset < firstPlace[length + 1] - firstPlace[length]) {
                    decoded.write(inOrder[firstPlace[length] + offset]);
                    code = 0;
                    length = 0;
                } else if (length == LONGEST) {
                    throw new ProtocolException("a Huffman code that stands for nothing");
                }
            }
        }
        if (length >= A_BYTE || code != (1 << length) - 1) {
            throw new ProtocolException("a Huffman code that is not padded as it should be");
        }
        return decoded.toString(StandardCharsets.ISO_8859_1);
    }
}
