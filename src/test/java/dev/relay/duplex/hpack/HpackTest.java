package dev.relay.duplex.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.Headers.Field;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wiremock.org.apache.hc.core5.http.message.BasicHeader;
import wiremock.org.apache.hc.core5.http2.hpack.HPackDecoder;
import wiremock.org.apache.hc.core5.http2.hpack.HPackEncoder;
import wiremock.org.apache.hc.core5.util.ByteArrayBuffer;

/** Fields survive HPACK as RFC 7541 has it, and what is not HPACK is refused. */
class HpackTest {
    private final FieldDecoder decoder = new FieldDecoder(100, 16_384);

    private List<Field> decode(String hex) throws ProtocolException {
        return decoder.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void theExamplesOfTheRfcWithoutHuffmanCodesAreRead() throws Exception {
        assertThat(decode("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"))
                .containsExactly(
                        new Field(":method", "GET"),
                        new Field(":scheme", "http"),
                        new Field(":path", "/"),
                        new Field(":authority", "www.example.com"));
        assertThat(decode("8286 84be 5808 6e6f 2d63 6163 6865"))
                .endsWith(new Field(":authority", "www.example.com"), new Field("cache-control", "no-cache"));
        assertThat(decode("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"))
                .containsExactly(
                        new Field(":method", "GET"),
                        new Field(":scheme", "https"),
                        new Field(":path", "/index.html"),
                        new Field(":authority", "www.example.com"),
                        new Field("custom-key", "custom-value"));
    }

    @Test
    void theExamplesOfTheRfcWithHuffmanCodesAreRead() throws Exception {
        assertThat(decode("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
                .endsWith(new Field(":authority", "www.example.com"));
        assertThat(decode("8286 84be 5886 a8eb 1064 9cbf")).endsWith(new Field("cache-control", "no-cache"));
        assertThat(decode("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
                .endsWith(new Field("custom-key", "custom-value"));
    }

    @Test
    void whatAnotherImplementationWritesIsRead() throws Exception {
        var encoder = new HPackEncoder(4096, StandardCharsets.ISO_8859_1);
        String all = IntStream.range(32, 256)
                .filter(c -> c != 127)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
        // Many, so that old ones have to leave the table.
        for (int i = 0; i < 300; i++) {
            var block = new ByteArrayBuffer(1024);
            encoder.encodeHeaders(
                    block,
                    List.of(
                            new BasicHeader("x-" + i, all),
                            new BasicHeader("x-" + i / 2, "value " + i),
                            new BasicHeader("etag", "\"" + i % 7 + "\"")),
                    true);
            assertThat(decoder.decode(ByteBuffer.wrap(block.toByteArray())))
                    .containsExactly(
                            new Field("x-" + i, all),
                            new Field("x-" + i / 2, "value " + i),
                            new Field("etag", "\"" + i % 7 + "\""));
        }
    }

    @Test
    void anotherImplementationReadsWhatIsWritten() throws Exception {
        var fields = List.of(
                new Field(":method", "POST"),
                new Field(":path", "/" + "x".repeat(300)),
                new Field("authorization", "Basic Zm9vOmJhcg=="),
                new Field("x-mine", ""));
        var read = new HPackDecoder(4096, StandardCharsets.ISO_8859_1)
                .decodeHeaders(ByteBuffer.wrap(FieldEncoder.encode(fields)));
        var names = new ArrayList<Field>();
        read.forEach(header -> names.add(new Field(header.getName(), header.getValue())));
        assertThat(names).isEqualTo(fields);
        assertThat(read.get(2).isSensitive()).as("a secret goes into no table").isTrue();
    }

    @Test
    void whatIsNotHpackIsRefused() {
        for (String hex : List.of(
                "80", // index 0
                "be", // an index into an empty table
                "ff ff ff ff ff ff", // a number that is too large
                "00 05 61", // a name that is longer than the block
                "00 81 ff 00", // a code that is all padding
                "00 84 ff ff ff ff 00", // the code of the end
                "3f e2 1f", // a table larger than 4096
                "82 20")) { // a resize behind a field
            assertThatThrownBy(() -> new FieldDecoder(100, 16_384)
                            .decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")))))
                    .as(hex)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aSmallBlockCannotMakeALargeHead() throws Exception {
        // A large field into the table, then its index again and again.
        var block = ByteBuffer.allocate(10_000);
        block.put((byte) 0x40).put((byte) 1).put((byte) 'x');
        block.put((byte) 0x7f).put((byte) (((3000 - 127) & 0x7f) | 0x80)).put((byte) ((3000 - 127) >> 7));
        block.put(new byte[3000]);
        for (int i = 0; i < 20; i++) {
            block.put((byte) 0xbe);
        }
        assertThatThrownBy(() -> decoder.decode(block.flip()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("16384 bytes");
    }
}
