package dev.relay.io.coding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/** What the encoded samples beside this class hold, and those samples. */
final class Sample {
    private static final String[] WORDS = {
        "time",
        "government",
        "Wikipedia",
        "university",
        "language",
        "bitter",
        "ordinary",
        "Quick",
        "fox",
        "zebra",
        "nothing"
    };

    private Sample() {}

    /** Lines that are alike. */
    static byte[] text(int lines) {
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(i)
                    .append(": the ")
                    .append(WORDS[i * i % WORDS.length])
                    .append(" of ")
                    .append(WORDS[(i * 7 + i / 13) % WORDS.length])
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    static byte[] small() {
        return text(40);
    }

    /** Text, zeros, what cannot be compressed, and more text. */
    static byte[] mixed() {
        byte[] noise = new byte[3000];
        int state = 1;
        for (int i = 0; i < noise.length; i++) {
            state = state * 1103515245 + 12345 & 0x7fffffff;
            noise[i] = (byte) (state >> 16);
        }
        return Undone.joined(text(500), new byte[300_000], noise, text(5000));
    }

    /** The encoded sample of that name. */
    static byte[] encoded(String name) throws IOException {
        try (var in = Objects.requireNonNull(Sample.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    /** A zstd frame with a window of so many KiB, made of these blocks, the last of which is marked as such. */
    static byte[] zstdFrame(int windowLog, byte[]... blocks) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) ((windowLog - 10) << 3)});
        for (int i = 0; i < blocks.length; i++) {
            byte[] block = blocks[i].clone();
            block[0] |= (byte) (i == blocks.length - 1 ? 1 : 0);
            frame.writeBytes(block);
        }
        return frame.toByteArray();
    }

    /** A block of zstd with these bytes as they are. */
    static byte[] zstdPlain(byte[] bytes) {
        return Undone.joined(zstdBlock(bytes.length, 0), bytes);
    }

    /** A block of zstd with so many zeros. */
    static byte[] zstdZeros(int count) {
        return Undone.joined(zstdBlock(count, 1), new byte[1]);
    }

    private static byte[] zstdBlock(int size, int type) {
        int header = size << 3 | type << 1;
        return new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)};
    }
}
