package dev.relay.io.digest;

import static dev.relay.http.DigestAlgorithm.CRC32C;
import static dev.relay.http.DigestAlgorithm.MD5;
import static dev.relay.http.DigestAlgorithm.SHA_256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.io.Chunks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A body passes as it is, and its digests are known at its end. */
class DigestingTest {
    /** Hands out its pieces in one buffer that it uses again and again, as it may. */
    private static final class Pieces implements Chunks {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        private final Queue<String> pieces;
        private boolean closed;

        Pieces(String... pieces) {
            this.pieces = new ArrayDeque<>(List.of(pieces));
        }

        @Override
        public @Nullable ByteBuffer next() {
            String piece = pieces.poll();
            return piece == null
                    ? null
                    : buffer.clear()
                            .put(piece.getBytes(StandardCharsets.US_ASCII))
                            .flip();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String text(@Nullable ByteBuffer piece) {
        return piece == null ? "none" : StandardCharsets.US_ASCII.decode(piece).toString();
    }

    private static String hex(byte @Nullable [] value) {
        return value == null ? "none" : HexFormat.of().formatHex(value);
    }

    @Test
    void thePiecesPassUntouched() throws Exception {
        var digesting = new Digesting(new Pieces("123", "456789"));
        digesting.with(CRC32C);

        assertThat(text(digesting.next())).isEqualTo("123");
        assertThat(text(digesting.next())).isEqualTo("456789");
        assertThat(digesting.next()).isNull();
    }

    @Test
    void onePassMakesAllDigests() throws Exception {
        var digesting = new Digesting(new Pieces("1234", "56789"));
        digesting.with(CRC32C);
        digesting.with(MD5);
        digesting.with(CRC32C);
        while (digesting.next() != null) {}

        assertThat(hex(digesting.value(CRC32C))).isEqualTo("e3069283");
        assertThat(hex(digesting.value(MD5))).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThat(hex(digesting.value(SHA_256))).isEqualTo("none");
    }

    @Test
    void whatWasThereBeforeIsPartOfTheWhole() throws Exception {
        var digesting = new Digesting(new Pieces("56789"));
        digesting.with(CRC32C);
        digesting.include(ByteBuffer.wrap("1234".getBytes(StandardCharsets.US_ASCII)));
        while (digesting.next() != null) {}

        assertThat(hex(digesting.value(CRC32C))).isEqualTo("e3069283");
    }

    @Test
    void aBodyThatHasNotEndedHasNoDigest() throws Exception {
        var pieces = new Pieces("123", "456789");
        var digesting = new Digesting(pieces);
        digesting.with(CRC32C);
        digesting.next();

        assertThat(digesting.value(CRC32C)).isNull();
        digesting.close();
        assertThat(pieces.closed).isTrue();
        assertThat(digesting.value(CRC32C)).isNull();
    }

    @Test
    void theDigestStaysWhenTheEndIsAskedForTwice() throws Exception {
        var digesting = new Digesting(new Pieces("123456789"));
        digesting.with(CRC32C);
        while (digesting.next() != null) {}
        digesting.next();

        assertThat(hex(digesting.value(CRC32C))).isEqualTo("e3069283");
    }
}
