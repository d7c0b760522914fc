package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digest fields are read as RFC 9530 and RFC 9651 have them, and by one wrong character not at all. */
class DigestFieldTest {
    /** RFC 9530, Appendix B.1: {@code {"hello": "world"}} and a line feed. */
    private static final String SHA_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

    private static final String SHA_256_HEX = "44aff4ab2d7c3250525675a08f0cfa9591168cffe51791c5f5bbc417c15a6c38";
    private static final String SHA_512 =
            "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCs" + "yRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:";
    private static final String MD5 = "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:";

    private static Map<String, String> read(String... lines) throws ParseException {
        List<Headers.Field> fields = Stream.of(lines)
                .map(line -> new Headers.Field("repr-digest", line))
                .toList();
        var read = new TreeMap<String, String>();
        DigestField.REPR_DIGEST
                .read(new Headers(fields))
                .forEach((algorithm, value) ->
                        read.put(algorithm.key(), HexFormat.of().formatHex(value)));
        return read;
    }

    @Test
    void readsTheExamplesOfTheRfc() throws Exception {
        assertThat(read(SHA_256)).containsExactly(Map.entry("sha-256", SHA_256_HEX));
        assertThat(read(SHA_256 + ", " + SHA_512)).containsOnlyKeys("sha-256", "sha-512");
    }

    @Test
    void severalLinesAreOneDictionary() throws Exception {
        assertThat(read(SHA_256, SHA_512)).containsOnlyKeys("sha-256", "sha-512");
    }

    @Test
    void theLastOfTwoMembersWithOneKeyCounts() throws Exception {
        String zeroes = "sha-256=:" + "A".repeat(43) + "=:";

        assertThat(read(zeroes + "," + SHA_256)).containsExactly(Map.entry("sha-256", SHA_256_HEX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s;p",
                "%s;p=1;q=-1.25; r=\"a \\\" b\\\\\";s=tok/en:*;t=:AA==:;u=?0;v=@-1659578233;w=%%\"gr%%c3%%bc\"",
                "  %s  ",
                "%s\t,\tunixsum=:MTIz:",
                "id-sha-256=:AA==:,*x_.-*9=::,%s",
            })
    void parametersBlanksAndUnknownAlgorithmsDoNoHarm(String line) throws Exception {
        assertThat(read(line.formatted(SHA_256))).containsExactly(Map.entry("sha-256", SHA_256_HEX));
    }

    @Test
    void missingPaddingIsForgiven() throws Exception {
        assertThat(read(SHA_256.replace("=:", ":").replace("sha-256:", "sha-256=:")))
                .containsExactly(Map.entry("sha-256", SHA_256_HEX));
    }

    @Test
    void deprecatedAlgorithmsCountOnlyWhenThereIsNoOther() throws Exception {
        assertThat(read(MD5)).containsOnlyKeys("md5");
        assertThat(read(MD5, "crc32c=:AAAAAA==:", "adler=:AAAAAA==:")).containsOnlyKeys("md5", "crc32c");
        assertThat(read(MD5, SHA_256)).containsOnlyKeys("sha-256");
    }

    @Test
    void anEmptyFieldSaysNothing() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256",
                "sha-256=",
                "sha-256=?1",
                "sha-256=1",
                "sha-256=abc",
                "sha-256=\"RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=\"",
                "sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
                "sha-256=(:AA==:)",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
                "sha-256=:RK_0qy18MlBSVnWgjwz6lZEWjP_lF5HF9bvEF8FabDg=:",
                "sha-256=:RK/0qy18 MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
                "sha-256=:AA==:",
                "sha-256=::",
                "SHA-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
                "sha-256 =:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
                "sha-256= :RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
                "9=:AA==:",
                ",",
                "a=:AA==:,",
                "a=:AA==:,,b=:AA==:",
                "a=:AA==: b=:AA==:",
                "a=:AA==:;",
                "a=:AA==:;P=1",
                "a=:AA==:;p=",
                "a=:AA==:;p=1.",
                "a=:AA==:;p=1.2345",
                "a=:AA==:;p=1234567890123456",
                "a=:AA==:;p=1234567890123.1",
                "a=:AA==:;p=--1",
                "a=:AA==:;p=\"x",
                "a=:AA==:;p=\"\\x\"",
                "a=:AA==:;p=\"\u00fc\"",
                "a=:AA==:;p=?2",
                "a=:AA==:;p=@1.5",
                "a=:AA==:;p=%\"%C3\"",
                "a=:AA==:;p=(1)",
                "a=:AA==:\u0000",
            })
    void oneWrongCharacterAndNothingIsRead(String line) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(ParseException.class);
    }

    @Test
    void aLongFieldIsReadAsWell() throws Exception {
        assertThat(read("a=:AA==:;p=\"" + "x".repeat(300_000) + "\", " + SHA_256))
                .containsOnlyKeys("sha-256");
    }
}
