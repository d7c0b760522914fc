package dev.relay.io.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gzip body is decoded however it arrives, and what is broken in it is found. */
class GzipDecoderTest {
    private static final byte[] TEXT = "hello hello hello world".getBytes(UTF_8);
    private static final int HEADER = 10;

    static byte[] gzip(byte[] bytes) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(all)) {
            gzip.write(bytes);
        }
        return all.toByteArray();
    }

    /** What a body looks like whose header has these flags, and these bytes after the fixed ones. */
    private static byte[] withHeader(int flags, byte[] optional) throws IOException {
        byte[] plain = gzip(TEXT);
        byte[] fixed = Arrays.copyOf(plain, HEADER);
        fixed[3] = (byte) flags;
        return Undone.joined(fixed, optional, Arrays.copyOfRange(plain, HEADER, plain.length));
    }

    static Stream<byte[]> bodies() throws IOException {
        byte[] extra = {3, 0, 1, 2, 3};
        byte[] none = {0, 0};
        byte[] name = "name\0".getBytes(UTF_8);
        byte[] comment = "a comment\0".getBytes(UTF_8);
        byte[] all = Undone.joined(extra, name, comment);
        var crc = new CRC32();
        crc.update(withHeader(0x1e, all), 0, HEADER + all.length);
        byte[] check = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        return Stream.of(
                gzip(TEXT),
                gzip(new byte[0]),
                gzip(new byte[200_000]),
                gzip(Content.noise(1, 200_000).bytes()),
                withHeader(0x04, extra),
                withHeader(0x04, none),
                withHeader(0x08, name),
                withHeader(0x10, new byte[1]),
                withHeader(0x11, comment),
                withHeader(0x1e, Undone.joined(all, check)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theBytesAreTheSameHoweverTheyArrive(byte[] encoded) {
        var whole = Undone.of("gzip", encoded, encoded.length);
        assertThat(whole.failure()).isNull();
        for (int size : new int[] {1, 2, 3, 7, 100, 8192}) {
            var undone = Undone.of("gzip", encoded, size);
            assertThat(undone.failure()).isNull();
            assertThat(undone.bytes()).isEqualTo(whole.bytes());
        }
        assertThat(Stream.of(
                        TEXT,
                        new byte[0],
                        new byte[200_000],
                        Content.noise(1, 200_000).bytes()))
                .anyMatch(bytes -> Arrays.equals(bytes, whole.bytes()));
    }

    @Test
    void anEndAtAnyByteButTheLastIsRefusedAfterATruePrefix() throws Exception {
        byte[] encoded = gzip(TEXT);
        for (int length = 1; length < encoded.length; length++) {
            var undone = Undone.of("gzip", Arrays.copyOf(encoded, length), 4);
            assertThat(undone.isRefused()).as("cut after " + length).isTrue();
            assertThat(undone.bytes()).isEqualTo(Arrays.copyOf(TEXT, undone.bytes().length));
        }
    }

    @Test
    void aFlippedBitInTheDataOrTheTrailerIsFound() throws Exception {
        byte[] encoded = gzip(TEXT);
        for (int bit = HEADER * 8; bit < encoded.length * 8; bit++) {
            byte[] broken = encoded.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Undone.of("gzip", broken, 5).isRefused())
                    .as("bit " + bit)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aHeaderThatIsNotGzipsIsRefused(int position) throws Exception {
        byte[] broken = gzip(TEXT);
        broken[position] = (byte) 0xe1;
        var undone = Undone.of("gzip", broken, 5);
        assertThat(undone.isRefused()).isTrue();
        assertThat(undone.bytes()).isEmpty();
    }

    @Test
    void aHeaderWhoseChecksumIsWrongIsRefused() throws Exception {
        assertThat(Undone.of("gzip", withHeader(0x02, new byte[] {1, 2}), 3).why())
                .contains("checksum of the header");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 1000})
    void whatFollowsTheMemberIsRefusedAfterTheMember(int size) throws Exception {
        for (byte[] more : new byte[][] {{0}, {1, 2, 3}, gzip(TEXT)}) {
            var undone = Undone.of("gzip", Undone.joined(gzip(TEXT), more), size);
            assertThat(undone.isRefused()).isTrue();
            assertThat(undone.bytes()).isEqualTo(TEXT);
        }
    }

    @Test
    void whatCameBeforeABrokenPlaceIsHandedOut() throws Exception {
        byte[] header = Arrays.copyOf(gzip(TEXT), HEADER);
        // A block of the bytes as they are (RFC 1951 §3.2.4), then one of a type that does not exist.
        byte[] block = {0, (byte) TEXT.length, 0, (byte) ~TEXT.length, -1};
        byte[] encoded = Undone.joined(header, block, TEXT, new byte[] {7, 0, 0, 0, 0});
        var undone = Undone.of("gzip", encoded, encoded.length);
        assertThat(undone.isRefused()).isTrue();
        assertThat(undone.bytes()).isEqualTo(TEXT);
    }

    @Test
    void whatWasFlushedIsOutBeforeMoreIsAskedFor() throws Exception {
        var all = new ByteArrayOutputStream();
        var gzip = new GZIPOutputStream(all, true);
        gzip.write(TEXT);
        gzip.flush();
        var waited = new IOException("asked for more");
        var undone = Undone.of("gzip", new Pieces(all.toByteArray(), 1000, waited));
        assertThat(undone.failure()).isSameAs(waited);
        assertThat(undone.bytes()).isEqualTo(TEXT);
        gzip.close();
    }
}
