package dev.relay.io.coding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a zstd frame says of itself (RFC 8878 §3.1.1.1), and what lives as long as it does. */
final class ZstdFrame {
    /** RFC 9659 §3: what a decoder of this content coding must be ready for, and an encoder must not exceed. */
    private static final int MOST_WINDOW = 8 * 1024 * 1024;

    private final long contentSize;
    private final int mostBlock;
    private final Window window;
    private final @Nullable XxHash64 hash;
    private final ZstdLiterals literals;
    private final ZstdSequences sequences = new ZstdSequences();

    /**
     * How long the rest of the header is.
     *
     * @param descriptor its first byte
     */
    static int headerLength(int descriptor) {
        return windowLength(descriptor) + dictionaryLength(descriptor) + sizeLength(descriptor);
    }

    private static int windowLength(int descriptor) {
        return (descriptor & 0x20) == 0 ? 1 : 0;
    }

    private static int dictionaryLength(int descriptor) {
        int code = descriptor & 3;
        return code == 3 ? 4 : code;
    }

    private static int sizeLength(int descriptor) {
        int code = descriptor >> 6;
        return code == 0 ? 1 - windowLength(descriptor) : 1 << code;
    }

    /**
     * Begins a frame.
     *
     * @param header the rest of the header, little-endian, with at least 8 bytes to be read after it
     * @param literals the place for those of a block, used before by other frames
     */
    ZstdFrame(int descriptor, ByteBuffer header, ZstdLiterals literals) throws BrokenCodingException {
        if ((descriptor & 0x08) != 0) {
            throw new BrokenCodingException("a reserved bit is set");
        }
        int from = header.position();
        int afterWindow = from + windowLength(descriptor);
        if (bits(header, afterWindow, dictionaryLength(descriptor)) != 0) {
            throw new BrokenCodingException("a dictionary is wanted");
        }
        int sizeLength = sizeLength(descriptor);
        long size = bits(header, afterWindow + dictionaryLength(descriptor), sizeLength);
        contentSize = sizeLength == 0 ? -1 : sizeLength == 2 ? size + 256 : size;
        long wanted = afterWindow == from ? contentSize : windowSize(header.get(from) & 0xff);
        // A size of 2^63 and more is negative.
        if (wanted > MOST_WINDOW || wanted < 0) {
            throw new BrokenCodingException("a window of more than " + MOST_WINDOW + " bytes is wanted");
        }
        mostBlock = (int) Math.min(wanted, ZstdDecoder.MOST_BLOCK);
        window = new Window((int) Math.max(wanted, 1));
        hash = (descriptor & 0x04) == 0 ? null : new XxHash64();
        this.literals = literals;
        literals.forget();
    }

    private static long bits(ByteBuffer header, int from, int length) {
        return length == 0 ? 0 : header.getLong(from) & (-1L >>> (64 - 8 * length));
    }

    private static long windowSize(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    /** The most bytes of a block, encoded and decoded. */
    int mostBlock() {
        return mostBlock;
    }

    Window window() {
        return window;
    }

    boolean hasChecksum() {
        return hash != null;
    }

    /** Decodes a compressed block into the window. */
    void decode(ByteBuffer block, int to) throws BrokenCodingException {
        literals.read(block, to);
        sequences.execute(block, to, literals, window, mostBlock);
    }

    /** The next bytes that are to be handed out, counted in. */
    @Nullable
    ByteBuffer take() {
        ByteBuffer bytes = window.take();
        if (bytes != null && hash != null) {
            hash.update(bytes);
        }
        return bytes;
    }

    /** After the last block. */
    void checkSize() throws BrokenCodingException {
        if (contentSize >= 0 && window.written() != contentSize) {
            throw new BrokenCodingException("the length does not match");
        }
    }

    /** After everything was handed out. */
    void checkHash(int expected) throws BrokenCodingException {
        if (hash != null && (int) hash.value() != expected) {
            throw new BrokenCodingException("the checksum does not match");
        }
    }
}
