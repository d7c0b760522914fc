package dev.relay.io.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each algorithm against what others have computed. */
class DigestTest {
    private static String hex(Digest digest) {
        return HexFormat.of().formatHex(digest.value());
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32C, '', 00000000",
        "CRC32C, 123456789, e3069283",
        "MD5, '', d41d8cd98f00b204e9800998ecf8427e",
        "MD5, 123456789, 25f9e794323b453885f5181f1b624d0b",
        "SHA_1, '', da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "SHA_1, 123456789, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA_256, '', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA_256, 123456789, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "SHA_512, '', cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        "SHA_512, 123456789, d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a"
                + "d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
    })
    void isWhatOthersCompute(DigestAlgorithm algorithm, String text, String hex) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        var heap = new Digest(algorithm);
        var direct = new Digest(algorithm);
        var bytewise = new Digest(algorithm);
        heap.update(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        direct.update(ByteBuffer.allocateDirect(16).put(bytes).flip());
        for (byte one : bytes) {
            bytewise.update(ByteBuffer.wrap(new byte[] {0, one, 0}, 1, 1));
        }

        assertThat(hex(heap)).isEqualTo(hex);
        assertThat(hex(direct)).isEqualTo(hex);
        assertThat(hex(bytewise)).isEqualTo(hex);
        assertThat(hex).hasSize(2 * algorithm.length());
    }
}
