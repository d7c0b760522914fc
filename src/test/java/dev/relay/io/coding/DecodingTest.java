package dev.relay.io.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Content-Encoding says what is undone, and in which order. */
class DecodingTest {
    private static final byte[] TEXT = "hello world".getBytes(UTF_8);

    private static byte[] gzipped(int times) throws IOException {
        byte[] bytes = TEXT;
        for (int i = 0; i < times; i++) {
            bytes = GzipDecoderTest.gzip(bytes);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZip", " gzip ", ", ,gzip,,", "identity, gzip", "none,\tgzip"})
    void aCodingIsKnownHoweverItIsWritten(String field) throws Exception {
        assertThat(Undone.of(field, gzipped(1), 5).bytes()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity, none", ", "})
    void whatChangesNothingPassesAsItIs(String field) throws Exception {
        var body = new Pieces(TEXT, 5);
        assertThat(Decoding.of(List.of(field), body, Undone.URL)).isSameAs(body);
    }

    @Test
    void theLastCodingIsUndoneFirst() throws Exception {
        byte[] encoded = GzipDecoderTest.gzip(Undone.deflated(TEXT, false));
        assertThat(Undone.of("deflate, gzip", encoded, 1).bytes()).isEqualTo(TEXT);
        assertThat(Undone.of("gzip, deflate", encoded, 1).isRefused()).isTrue();
    }

    @Test
    void severalFieldsAreOneList() throws Exception {
        var into = new ByteArrayOutputStream();
        byte[] encoded = Undone.deflated(gzipped(2), true);
        Pieces.drain(Decoding.of(List.of("gzip", "x-gzip,deflate"), new Pieces(encoded, 3), Undone.URL), into);
        assertThat(into.toByteArray()).isEqualTo(TEXT);
    }

    @Test
    void fiveCodingsAreUndoneAndSixRefused() throws Exception {
        assertThat(Undone.of("gzip, gzip, gzip, gzip, gzip", gzipped(5), 2).bytes())
                .isEqualTo(TEXT);
        assertThat(Undone.of("gzip, gzip, gzip, gzip, gzip, gzip", gzipped(6), 2)
                        .isRefused())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "x-deflate", "gzip, foo", "gzip deflate", "aes128gcm"})
    void anUnknownCodingIsNamedBeforeAnythingIsRead(String field) {
        var undone = Undone.of(field, new Pieces(TEXT, 5, new IOException("was read")));
        assertThat(undone.isRefused()).isTrue();
        assertThat(undone.why()).contains("'" + field.replace("gzip, ", "") + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, deflate"})
    void aBodyWithoutAByteIsEmpty(String field) {
        var undone = Undone.of(field, new byte[0], 1);
        assertThat(undone.isWhole()).isTrue();
        assertThat(undone.bytes()).isEmpty();
    }

    @Test
    void whatBreaksBelowPassesAsItIs() throws Exception {
        byte[] encoded = gzipped(2);
        for (int length = 0; length <= encoded.length; length++) {
            var cut = new IOException("cut");
            var undone = Undone.of("gzip, gzip", new Pieces(Arrays.copyOf(encoded, length), 3, cut));
            assertThat(undone.failure()).isSameAs(cut);
        }
    }

    @Test
    void whatIsClosedOrBrokenIsGivenUpBelow() throws Exception {
        var body = new Pieces(gzipped(2), 3);
        Decoding.of(List.of("gzip, gzip"), body, Undone.URL).close();
        assertThat(body.isClosed()).isTrue();

        var broken = new Pieces(TEXT, 3);
        var decoded = Decoding.of(List.of("gzip"), broken, Undone.URL);
        assertThatThrownBy(decoded::next).isInstanceOf(IOException.class);
        assertThat(broken.isClosed()).isTrue();
        decoded.close();
    }
}
