package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a command line is told in one line, with its exit code, before anything is sent. */
class BadInputTest {
    private static final String URL = TypedLine.URL;

    @TempDir
    Path directory;

    private static Arguments line(String message, String... argv) {
        return arguments(List.of(argv), message);
    }

    static Stream<Arguments> misuses() {
        return Stream.of(
                line("a URL is missing", "get"),
                line("a URL is missing", "-s"),
                line("http://host/b: a second URL", "get", URL, "http://u:secret@host/b"),
                line("-: is not a URL (-C takes no value", "get", "-C", "-", "-o", "a", URL),
                line("gte: unknown command (did you mean get?)", "gte", URL),
                line("upload: unknown command", "upload", URL),
                line("a command comes first, before its options (relay get ...)", "-s", "get", URL),
                line("-: is not a URL", "get", "-"),
                line("--verbos: unknown option (did you mean --verbose?)", "get", "--verbos", URL),
                line("--max-redir: unknown option (did you mean --max-redirs?)", "get", "--max-redir=3", URL),
                line("--zzzzzzzzz: unknown option (relay head --help lists them)", "head", "--zzzzzzzzz", URL),
                line("-Z: unknown option", "get", "-sZ", URL),
                line("-9: unknown option", "get", "-9", URL),
                line("---: unknown option", "get", "---", URL),
                line("--max-time: needs a value", "get", URL, "-m"),
                line("--output: needs a value", "get", URL, "-so"),
                line("--output: needs a value", "get", "-o", "--", URL),
                line("--silent: takes no value", "get", "--silent=yes", URL),
                line("--show-error: takes no value", "get", "-sS=1", URL),
                line("argument 3: it is not text in UTF-8", "post", "-d", "lost\uFFFD", URL),
                line("'tcsh' is not a shell it knows (bash, zsh or fish)", "completion", "tcsh"),
                line("takes the name of one shell", "completion"),
                line("takes the name of one shell", "completion", "bash", "zsh"),
                line("gett: unknown command (did you mean get?)", "help", "gett"),
                line("'head': help takes one command", "help", "get", "head"),
                line("--request: head sends HEAD (relay get -i -X GET", "head", "-X", "GET", URL));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void aMisuseIsToldInOneLine(List<String> argv, String message) {
        Fault fault = TypedLine.in(directory).fault(argv.toArray(new String[0]));

        assertThat(fault.code()).isEqualTo(ExitCode.USAGE);
        assertThat(fault.message())
                .contains(message)
                .doesNotContain("\n", "secret")
                .startsWith("usage: ");
    }

    @ParameterizedTest
    @CsvSource({
        "-4,-6",
        "--ipv6,--ipv4",
        "--http1.1,--http2",
        "-f,--fail-with-body",
        "--fail,--no-fail",
        "--fail-with-body,--no-fail",
        "-oa,-O",
        "-oa,-J",
        "-oa,-ob",
        "-Da,-Db",
        "-i,-D-",
        "--retry-on=503,--retry-all-errors",
        "--retry-on=5xx,--retry-connrefused",
        "--checksum=crc32c:00000000,--checksum=crc32c:00000001",
        "--segment-size=1M,-s",
        "--hold-limit=1M,-s",
        "-C,-s",
        "-C,-o-",
        "--events,-r0-1",
        "--events,--compressed",
        "--events,--parallel=2",
        "--events,-C",
        "--events,--hold",
        "--events,--checksum=crc32c:00000000",
        "--events,--want-digest",
        "--events,-XPOST"
    })
    void optionsThatExcludeEachOtherAreRefusedInEitherOrder(String one, String other) {
        assertThat(TypedLine.refused(one, other).code()).isEqualTo(ExitCode.USAGE);
        assertThat(TypedLine.refused(other, one).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "-1",
                "+1",
                "NaN",
                "Infinity",
                "1e3",
                "0x10",
                "1.2.3",
                ".",
                "5d",
                "5 s",
                "1m30s",
                "٣",
                "9999999999999h",
                "1,5",
                "ms",
                "99999999999999999999999999999999999999999"
            })
    void aDurationIsAPlainNumberWithAUnit(String text) {
        for (String option : List.of("--connect-timeout", "--idle-timeout", "--first-byte-timeout", "-m", "-y")) {
            assertThat(TypedLine.refused(option, text).code()).as(option).isEqualTo(ExitCode.USAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "NaN", "1e3", "1.5.1", "2X", "2MB", "2MiB", "0.5", "9999999999P", "1,5K"})
    void aSizeIsAPlainNumberWithAUnit(String text) {
        for (String option : List.of("--limit-rate", "--max-filesize", "--speed-limit")) {
            assertThat(TypedLine.refused(option, text).code()).as(option).isEqualTo(ExitCode.USAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--retry,-1",
        "--retry,x",
        "--retry,1.5",
        "--retry-delay,x",
        "--retry-max-time,-1",
        "--retry-on,''",
        "--retry-on,700",
        "--retry-on,3xx",
        "--retry-on,'503,'",
        "--retry-on,503 504",
        "--parallel,0",
        "--parallel,65",
        "--parallel,x",
        "--parallel,''",
        "--checksum,''",
        "--checksum,sha256",
        "--checksum,sha256:zz",
        "--checksum,sha256:abcd",
        "--checksum,sha3:00",
        "--checksum,crc32c:AAAAAA==",
        "--checksum,crc32c:000000000"
    })
    void whatConcernsBrokenStreamsIsReadBeforeAnythingIsSent(String option, String value) {
        assertThat(TypedLine.refused(option, value).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1", "63K", "257M", "1x", "-1"})
    void aSegmentHasASizeThatMemoryCanHold(String size) {
        assertThat(TypedLine.refused("--parallel=2", "--segment-size=" + size).code())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "0.5", "1KB"})
    void aHoldHasALimitInBytes(String limit) {
        assertThat(TypedLine.refused("--hold", "--hold-limit=" + limit).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-2", "x", "1.5", "2147483648", "99999999999999", "-", "--1", "+3"})
    void aNumberOfRedirectsIsWholeAndNotBelowMinusOne(String text) {
        assertThat(TypedLine.refused("--max-redirs", text).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "a-b", "5-2", "-", "0-1,", "1--2", "99999999999999999999-", "bytes=0-1"})
    void aRangeHasBoundsThatCanBe(String text) {
        assertThat(TypedLine.refused("-r", text).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                "a b: c",
                "a : b",
                ": b",
                "a: b\nc: d",
                "a: b\rc",
                "a: b\0",
                "a\n: b",
                "a: \u001b[2J",
                "ä: x",
                "a: ä",
                "",
                ";",
                "a b;",
                "(a): b"
            })
    void aHeaderHasANameThatIsATokenAndAValueOnOneLine(String header) {
        Fault fault = TypedLine.refused("-H", header);

        assertThat(fault.code()).isEqualTo(ExitCode.USAGE);
        assertThat(fault.message()).doesNotContainPattern("\\p{Cntrl}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G T", "GET\r\n", "GÉT", "GET/", "CONNECT", "a:b"})
    void aMethodIsATokenButNotConnect(String method) {
        assertThat(TypedLine.refused("-X", method).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "x:80",
                "x:80:",
                "x::127.0.0.1",
                "x:0:127.0.0.1",
                "x:65536:127.0.0.1",
                "x:80:y",
                ":80:1.2.3.4"
            })
    void resolveTakesHostPortAndAddresses(String text) {
        assertThat(TypedLine.refused("--resolve", text).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "x:80", "x:80:y:0", "x:99999:y:1", "x:1:y:2:3", "::::"})
    void connectToTakesFourFields(String text) {
        assertThat(TypedLine.refused("--connect-to", text).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp", "=htps", "http,,https", "*", "http:"})
    void redirectSchemesAreThoseThatRelaySpeaks(String text) {
        assertThat(TypedLine.refused("--proto-redir", text).code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://exa mple/, MALFORMED_URL",
        "http://, MALFORMED_URL",
        "'', MALFORMED_URL",
        "http://h:99999/, MALFORMED_URL",
        "ftp://host/, UNSUPPORTED_SCHEME",
        "file:///etc/passwd, UNSUPPORTED_SCHEME"
    })
    void aUrlIsReadBeforeAnythingIsSent(String url, ExitCode code) {
        assertThat(TypedLine.in(directory).fault("get", url).code()).isEqualTo(code);
    }

    @Test
    void secretsInHeadersAreNotShown() {
        assertThat(TypedLine.refused("-H", "Authorization: Bearer s3cret\n").message())
                .doesNotContain("s3cret");
        assertThat(TypedLine.refused("-H", "Authorization Bearer s3cret").message())
                .doesNotContain("s3cret");
    }
}
