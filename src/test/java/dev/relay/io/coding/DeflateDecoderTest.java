package dev.relay.io.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deflate body is decoded with its frame and without it. */
class DeflateDecoderTest {
    private static final byte[] TEXT = "hello hello hello world".getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBytesAreTheSameHoweverTheyArrive(boolean raw) {
        for (byte[] text : new byte[][] {
            {}, {7}, TEXT, new byte[200_000], Content.noise(1, 70_000).bytes()
        }) {
            byte[] encoded = Undone.deflated(text, raw);
            for (int size : new int[] {1, 2, 3, 100, 1_000_000}) {
                var undone = Undone.of("deflate", encoded, size);
                assertThat(undone.failure()).isNull();
                assertThat(undone.bytes()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEndAtAnyByteButTheLastIsRefusedAfterATruePrefix(boolean raw) {
        byte[] encoded = Undone.deflated(TEXT, raw);
        for (int length = 1; length < encoded.length; length++) {
            var undone = Undone.of("deflate", Arrays.copyOf(encoded, length), 2);
            assertThat(undone.isRefused()).as("cut after " + length).isTrue();
            assertThat(undone.bytes()).isEqualTo(Arrays.copyOf(TEXT, undone.bytes().length));
        }
    }

    @Test
    void aFlippedBitIsFoundByTheFramesChecksum() {
        byte[] encoded = Undone.deflated(TEXT, false);
        for (int bit = 16; bit < encoded.length * 8; bit++) {
            byte[] broken = encoded.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Undone.of("deflate", broken, 5).isRefused())
                    .as("bit " + bit)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void fourBytesMayFollowTheDataWithoutAFrameAndNoneWithOne(int size) {
        byte[] raw = Undone.deflated(TEXT, true);
        assertThat(Undone.of("deflate", Undone.joined(raw, new byte[4]), size).isWhole())
                .isTrue();
        assertThat(Undone.of("deflate", Undone.joined(raw, new byte[5]), size).isRefused())
                .isTrue();
        byte[] framed = Undone.joined(Undone.deflated(TEXT, false), new byte[1]);
        var undone = Undone.of("deflate", framed, size);
        assertThat(undone.isRefused()).isTrue();
        assertThat(undone.bytes()).isEqualTo(TEXT);
    }

    @Test
    void aPresetDictionaryIsRefused() {
        assertThat(Undone.of("deflate", new byte[] {0x78, (byte) 0xbb, 1, 2, 3, 4, 5}, 3)
                        .why())
                .contains("dictionary");
    }

    @Test
    void aGzipBodyUnderThatNameIsRefused() throws Exception {
        assertThat(Undone.of("deflate", GzipDecoderTest.gzip(TEXT), 5).isRefused())
                .isTrue();
    }
}
