package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "http://h/a/b.tar.gz?x/y, b.tar.gz",
                "http://h/a%20b, a b",
                "http://h/%C3%A9.txt, \u00E9.txt",
                "http://h/..%2f..%2fetc%2fpasswd, passwd",
                "http://h/x%00y%0A, xy",
                "http://h/.bashrc, bashrc",
                "http://h/%2e%2e%2f.ssh, ssh",
                "http://h/-rf, _rf",
            })
    void comesFromTheLastSegmentOfTheUrl(String url, String name) throws Exception {
        assertThat(FileName.fromUrl(Url.parse(url))).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "http://h/", "http://h/a/", "http://h/%2e%2e", "http://h/...", "http://h/%20"})
    void aUrlMayHaveNone(String url) throws Exception {
        assertThat(FileName.fromUrl(Url.parse(url))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "attachment; filename=x.txt|x.txt",
                "attachment; filename=\"a b.txt\"|a b.txt",
                "attachment; FileName = \"a;b=c.txt\" ; size=3|a;b=c.txt",
                "attachment; filename=\"a\\\"b\\\\c\"|c",
                "attachment; filename=\"a\\\"b\"|a\"b",
                "attachment; filename=\"C:\\dir\\file.txt\"|file.txt",
                "attachment; filename=a b.txt; x=y|a b.txt",
                "inline; filename=x|x",
                "filename=x|x",
                "attachment; filename=\"open.txt|open.txt",
                "attachment; filename=x; filename=y|x",
                "attachment; filename=plain; filename*=UTF-8''%e2%82%ac.txt|\u20AC.txt",
                "attachment; filename*=utf-8'en'a%20b; filename=plain|a b",
                "attachment; filename*=ISO-8859-1''%e9|\u00E9",
                "attachment; filename*=UTF-8''%e9; filename=plain|plain",
                "attachment; filename*=KOI8-R''%e9; filename=plain|plain",
                "attachment; filename*=nonsense; filename=plain|plain",
                "attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd|passwd",
                "attachment; filename=\"../../.bashrc\"|bashrc",
                "attachment; filename=\"\u00C3\u00A9.txt\"|\u00E9.txt",
                "attachment; filename=\"\u00E9.txt\"|\u00E9.txt",
                "attachment; filename=\"%41.txt\"|%41.txt",
                "attachment; x=\"filename=no\"; filename=yes|yes",
            })
    void comesFromTheHeader(String header, String name) {
        assertThat(FileName.fromHeader(header)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "attachment",
                "attachment; filename",
                "attachment; filename=",
                "attachment; filename=\"\"",
                "attachment; filename=..",
                "attachment; filename=\"a/\"",
                "attachment; filename=\"",
                "=;=;=",
                "filename=\"\\",
                "attachment; name=x",
            })
    void aHeaderMayGiveNone(String header) {
        assertThat(FileName.fromHeader(header)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a\u0000b\u0007\u001B[31m.txt, ab[31m.txt",
        "gpj.\u202Eexe, gpj.exe",
        "\uFEFF\u2066.x\u2069, x",
        "' . name. . ', name",
        "a\u2028b, ab",
        "\u3000x\u00A0, x",
        "x\uD800y, xy",
        "\uD83D\uDC69\u200D\uD83D\uDCBB.png, \uD83D\uDC69\u200D\uD83D\uDCBB.png",
        "dir\\sub/..\\f, f",
    })
    void isMadeSafe(String hostile, String name) {
        assertThat(FileName.safe(hostile)).contains(name);
    }

    @Test
    void isCutWithItsExtensionKept() {
        assertThat(FileName.safe("a".repeat(300) + ".pdf")).contains("a".repeat(236) + ".pdf");
        assertThat(FileName.safe("a".repeat(300) + ".tar.gz")).contains("a".repeat(233) + ".tar.gz");
        assertThat(FileName.safe("\u20AC".repeat(300) + ".txt")).contains("\u20AC".repeat(78) + ".txt");
        assertThat(FileName.safe("x." + "y".repeat(300))).contains("x." + "y".repeat(238));
        assertThat(FileName.safe("a".repeat(239) + "." + "b".repeat(100))).contains("a".repeat(239));
    }

    @Test
    void isSafeWhateverTheServerSays() {
        String alphabet = "ab./\\\"'%=;*-: \t\u0000\u001B\u0085\u00C3\u00A9\u202E\uD83D\uDE00";
        var random = new Random(20251120);
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(round % 2 == 0 ? "attachment; filename=" : "attachment; filename*=UTF-8''");
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            FileName.fromHeader(text.toString()).ifPresent(FileNameTest::checkSafe);
        }
    }

    private static void checkSafe(String name) {
        assertThat(name)
                .isNotEmpty()
                .doesNotStartWith(".")
                .doesNotStartWith("-")
                .doesNotContain("/", "\\", "\u202E");
        assertThat(name.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(1, FileName.LONGEST);
        assertThat(FileName.safe(name)).contains(name);
    }
}
