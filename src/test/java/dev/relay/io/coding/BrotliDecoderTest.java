package dev.relay.io.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A brotli body is decoded however it arrives. */
class BrotliDecoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"mixed.br", "mixed-window10.br"})
    void theBytesAreTheSameHoweverTheyArrive(String name) throws Exception {
        byte[] encoded = Sample.encoded(name);
        for (int size : new int[] {1, 2, 7, 1000, encoded.length}) {
            var undone = Undone.of("br", encoded, size);
            assertThat(undone.failure()).isNull();
            assertThat(undone.bytes()).isEqualTo(Sample.mixed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small.br", "small-flushed.br"})
    void anEndAtAnyByteButTheLastIsRefusedAfterATruePrefix(String name) throws Exception {
        byte[] encoded = Sample.encoded(name);
        assertThat(Undone.of("br", encoded, 5).bytes()).isEqualTo(Sample.small());
        for (int length = 1; length < encoded.length; length++) {
            var undone = Undone.of("br", Arrays.copyOf(encoded, length), 4);
            assertThat(undone.isRefused()).as("cut after " + length).isTrue();
            assertThat(undone.bytes()).isEqualTo(Arrays.copyOf(Sample.small(), undone.bytes().length));
        }
    }

    @Test
    void moreBytesAfterTheEndAreRefusedAfterTheBody() throws Exception {
        for (int size : new int[] {1, 1000}) {
            var undone = Undone.of("br", Undone.joined(Sample.encoded("small.br"), new byte[1]), size);
            assertThat(undone.isRefused()).isTrue();
            assertThat(undone.bytes()).isEqualTo(Sample.small());
        }
    }

    @Test
    void whatWasFlushedIsOutBeforeMoreIsAskedFor() throws Exception {
        byte[] encoded = Sample.encoded("small-flushed.br");
        var waited = new IOException("asked for more");
        // All but the mark of the end.
        var undone = Undone.of("br", new Pieces(Arrays.copyOf(encoded, encoded.length - 1), 1000, waited));
        assertThat(undone.failure()).isSameAs(waited);
        assertThat(undone.bytes()).isEqualTo(Sample.small());
    }

    @Test
    void eachByteGivesWhatItCan() throws Exception {
        byte[] encoded = Sample.encoded("small.br");
        var waited = new IOException("asked for more");
        var undone = Undone.of("br", new Pieces(Arrays.copyOf(encoded, encoded.length - 20), 1000, waited));
        assertThat(undone.bytes()).hasSizeGreaterThan(Sample.small().length / 2);
    }

    @Test
    void whateverIsBrokenEndsInOneOfTwoWays() throws Exception {
        Broken.inManyWays("br", Sample.encoded("small.br"), 3000);
        Broken.inManyWays("br", Sample.encoded("mixed-window10.br"), 100);
    }
}
