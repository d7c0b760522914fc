package dev.relay.io.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A zstd body is decoded however it arrives, and what is broken in it is found. */
class ZstdDecoderTest {
    private static final byte[] TEXT = "hello hello hello world".getBytes(UTF_8);
    private static final byte[] SKIPPABLE = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};

    @ParameterizedTest
    @ValueSource(strings = {"mixed.zst", "mixed-19.zst", "mixed-window10.zst", "mixed-fast.zst"})
    void theBytesAreTheSameHoweverTheyArrive(String name) throws Exception {
        byte[] encoded = Sample.encoded(name);
        for (int size : new int[] {1, 2, 7, 1000, encoded.length}) {
            var undone = Undone.of("zstd", encoded, size);
            assertThat(undone.failure()).isNull();
            assertThat(undone.bytes()).isEqualTo(Sample.mixed());
        }
    }

    @Test
    void anEndAtAnyByteButTheLastIsRefusedAfterATruePrefix() throws Exception {
        byte[] encoded = Sample.encoded("small.zst");
        assertThat(Undone.of("zstd", encoded, 5).bytes()).isEqualTo(Sample.small());
        for (int length = 1; length < encoded.length; length++) {
            var undone = Undone.of("zstd", Arrays.copyOf(encoded, length), 4);
            assertThat(undone.isRefused()).as("cut after " + length).isTrue();
            assertThat(undone.bytes()).isEqualTo(Arrays.copyOf(Sample.small(), undone.bytes().length));
        }
    }

    @Test
    void aFlippedBitNeverGivesOtherBytesWithoutAWord() throws Exception {
        byte[] encoded = Sample.encoded("small.zst");
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            byte[] broken = encoded.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            var undone = Undone.of("zstd", broken, 50);
            assertThat(undone.isRefused() || Arrays.equals(undone.bytes(), Sample.small()))
                    .as("bit " + bit)
                    .isTrue();
        }
    }

    @Test
    void aChecksumThatDoesNotMatchIsRefused() throws Exception {
        byte[] encoded = Sample.encoded("small.zst");
        encoded[encoded.length - 1] ^= 1;
        var undone = Undone.of("zstd", encoded, 50);
        assertThat(undone.why()).contains("checksum");
        assertThat(undone.bytes()).isEqualTo(Sample.small());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void framesFollowEachOtherAndSomeAreSkipped(int size) throws Exception {
        byte[] small = Sample.encoded("small.zst");
        byte[] plain = Sample.zstdFrame(10, Sample.zstdPlain(TEXT), Sample.zstdZeros(3), Sample.zstdPlain(new byte[0]));
        var undone = Undone.of("zstd", Undone.joined(SKIPPABLE, small, plain, SKIPPABLE, small), size);
        assertThat(undone.failure()).isNull();
        assertThat(undone.bytes()).isEqualTo(Undone.joined(Sample.small(), TEXT, new byte[3], Sample.small()));

        assertThat(Undone.of("zstd", Arrays.copyOf(SKIPPABLE, 9), size).isRefused())
                .isTrue();
    }

    @Test
    void garbageAfterAFrameIsRefusedAfterTheFrame() throws Exception {
        for (byte[] more : new byte[][] {{0}, {1, 2, 3, 4}, TEXT}) {
            var undone = Undone.of("zstd", Undone.joined(Sample.encoded("small.zst"), more), 1000);
            assertThat(undone.isRefused()).isTrue();
            assertThat(undone.bytes()).isEqualTo(Sample.small());
        }
    }

    @Test
    void aWindowOfEightMebibytesIsTakenAndALargerOneRefused() {
        byte[] block = Sample.zstdPlain(TEXT);
        assertThat(Undone.of("zstd", Sample.zstdFrame(23, block), 5).bytes()).isEqualTo(TEXT);
        assertThat(Undone.of("zstd", Sample.zstdFrame(24, block), 5).why()).contains("window");
    }

    @Test
    void aDictionaryIsRefused() {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 0, 7, 1, 0, 0};
        assertThat(Undone.of("zstd", frame, 5).why()).contains("dictionary");
    }

    @Test
    void aBlockIsOutBeforeMoreIsAskedForAndAPlainOneInParts() {
        byte[] first = Sample.zstdPlain(TEXT);
        byte[] frame = Sample.zstdFrame(10, first, first);
        for (int length = 9; length < frame.length; length++) {
            var waited = new IOException("asked for more");
            var undone = Undone.of("zstd", new Pieces(Arrays.copyOf(frame, length), 1000, waited));
            assertThat(undone.failure()).isSameAs(waited);
            int afterSecondHeader = Math.max(0, length - 9 - TEXT.length - 3);
            assertThat(undone.bytes()).hasSize(Math.min(length - 9, TEXT.length) + afterSecondHeader);
        }
    }

    @Test
    void whateverIsBrokenEndsInOneOfTwoWays() throws Exception {
        Broken.inManyWays("zstd", Sample.encoded("small.zst"), 3000);
        Broken.inManyWays("zstd", Sample.encoded("mixed-19.zst"), 100);
    }
}
