package dev.relay.cli.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.cli.model.Option;
import dev.relay.http.DigestAlgorithm;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Checksum;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checksum is read as people paste it, and anything that cannot be one is refused with the reason. */
class ChecksumsTest {
    private static final Option OPTION = Option.value("ALG:HEX", "What the body must be.", "--checksum");
    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

    @ParameterizedTest
    @CsvSource({
        "md5:d41d8cd98f00b204e9800998ecf8427e, MD5",
        "MD5:D41D8CD98F00B204E9800998ECF8427E, MD5",
        "' md5:d41d8cd98f00b204e9800998ecf8427e ', MD5",
        "crc32c:E3069283, CRC32C",
        "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709, SHA_1",
        "SHA-1:da39a3ee5e6b4b0d3255bfef95601890afd80709, SHA_1",
        "sha-256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, SHA_256",
        "Sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855, SHA_256",
        "sha-512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e, SHA_512",
    })
    void readsWhatPeoplePaste(String text, DigestAlgorithm algorithm) throws Exception {
        Checksum checksum = Checksums.read(OPTION, text);

        assertThat(checksum.algorithm()).isEqualTo(algorithm);
        assertThat(checksum.hex()).isEqualToIgnoringCase(text.strip().replaceFirst(".*:", ""));
        assertThat(checksum.hex()).isLowerCase();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d41d8cd98f00b204e9800998ecf8427e  | does not name its algorithm (ALG:HEX, where ALG is one of sha256, sha512, sha1, md5, crc32c)
            ''                                | '' does not name its algorithm
            sha3:00                           | there is no 'sha3' (did you mean sha1?)
            :00                               | there is no '' (one of sha256, sha512, sha1, md5, crc32c)
            md5 :d41d8cd98f00b204e9800998ecf8427e | there is no 'md5 ' (did you mean md5?)
            md5:d41d8cd98f00b204e9800998ecf8427   | md5 has 32 hexadecimal digits, and this has 31
            md5:                              | md5 has 32 hexadecimal digits, and this has 0
            sha256:d41d8cd98f00b204e9800998ecf8427e | sha256 has 64 hexadecimal digits, and this has 32
            crc32c:0xe3069283                 | '0xe3069283' is not hexadecimal
            crc32c:e306928g                   | 'e306928g' is not hexadecimal
            crc32c:e306928٣                   | is not hexadecimal
            crc32c:e306９283                  | is not hexadecimal
            crc32c:-e306928                   | is not hexadecimal
            md5:1B2M2Y8AsgTpgAmY7PhCfg==      | is not hexadecimal (base64 must be converted)
            md5:d41d8cd98f00b204e9800998ecf8427e  file.iso | is not hexadecimal
            """)
    void refusesWhatCannotBeAChecksum(String text, String why) {
        var refused = catchThrowableOfType(FaultException.class, () -> Checksums.read(OPTION, text));

        assertThat(refused.fault().code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.fault().message())
                .startsWith("usage: --checksum: ")
                .contains(why)
                .doesNotContain("\n");
    }

    @Test
    void twoDifferentValuesForOneAlgorithmCannotBothHold() {
        var refused = catchThrowableOfType(
                FaultException.class,
                () -> Checksums.readAll(OPTION, List.of("md5:" + MD5, "md5:" + MD5.replace('d', 'e'))));

        assertThat(refused.fault().message()).contains("two different values for md5");
    }

    @Test
    void theSameChecksumTwiceCountsOnceAndSeveralAlgorithmsStandTogether() throws Exception {
        assertThat(Checksums.readAll(
                        OPTION,
                        List.of("md5:" + MD5, "crc32c:00000000", "MD5:" + MD5.toUpperCase(java.util.Locale.ROOT))))
                .containsExactly(
                        new Checksum(DigestAlgorithm.MD5, MD5), new Checksum(DigestAlgorithm.CRC32C, "00000000"));
    }
}
