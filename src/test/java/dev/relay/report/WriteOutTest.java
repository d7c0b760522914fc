package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.io.ReaderGoneException;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Outcome;
import dev.relay.plan.WriteOutVariable;
import dev.relay.plan.WriteOutVariable.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code --write-out} prints. */
class WriteOutTest {
    private static final Outcome TRUNCATED = Told.failed(ExitCode.SHORT_BODY, "http://h/", "5 of 9 bytes");

    @TempDir
    Path directory;

    private Told told() {
        return new Told(directory).answered(200, "Content-Type", "text/plain", "X-One", "1", "x-one", "2");
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("%{http_code} %{Response_Code}\\n", "200 200\n"),
                Arguments.of("%{method} %{scheme} %{http_version}", "GET http 1.1"),
                Arguments.of(
                        "%{url} %{url_effective}",
                        "http://upstream.example:8080/a/b?c=d".repeat(2).replace("dhttp", "d http")),
                Arguments.of("%{urle.host}|%{urle.port}|%{url.path}|%{url.query}", "upstream.example|8080|/a/b|c=d"),
                Arguments.of("%{content_type}|%header{X-ONE}|%{header{x-one}}|%header{no}|", "text/plain|1|1||"),
                Arguments.of(
                        "%{num_headers} %{num_connects} %{num_redirects} %{num_retries} %{num_resumes}", "3 1 0 0 0"),
                Arguments.of("%{remote_ip}:%{remote_port}", "192.0.2.7:8080"),
                Arguments.of("%{size_download} %{size_upload} %{size_header}", "5 0 65"),
                Arguments.of("%{speed_download} %{speed_upload}", "500 0"),
                Arguments.of("%{time_namelookup} %{time_connect} %{time_pretransfer}", "0.001000 0.002000 0.003000"),
                Arguments.of("%{time_starttransfer} %{time_total}", "0.004000 0.010000"),
                Arguments.of("%{time_appconnect} %{time_redirect}", "0.000000 0.000000"),
                Arguments.of("[%{filename_effective}] [%{redirect_url}] [%{errormsg}]", "[] [] []"),
                Arguments.of("%{exitcode} %{ssl_verify_result}", "0 0"),
                Arguments.of("a\\tb\\rc\\nd\\\\e\\qf\\", "a\tb\rc\nd\\\\e\\qf\\"),
                Arguments.of("100%% %x %", "100% %x %"),
                Arguments.of("%{http_code", "%{http_code"),
                Arguments.of("%header{x", "%header{x"),
                Arguments.of("%output{x", "%output{x"),
                Arguments.of("gr\u00fc\u00dfe", "gr\u00fc\u00dfe"),
                Arguments.of("ok%{onerror} not ok", "ok"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void printsTheFormatWithItsVariablesReplaced(String format, String printed) {
        var told = told();
        var after = told.finish(Told.DELIVERED, Told.telling(format, null));

        assertThat(told.stdout()).isEqualTo(printed);
        assertThat(told.stderr()).isEmpty();
        assertThat(after).isSameAs(Told.DELIVERED);
    }

    @Test
    void printsZeroesAndNothingForWhatNeverCameToPass() {
        var told = new Told(directory);
        var format = "%{http_code} %{http_version} [%{content_type}] [%{remote_ip}] %{remote_port} %{time_connect}"
                + " %{num_headers} %{url}";
        new Reporter(Told.telling(format, null), told.surroundings()).finish(TRUNCATED, told.emptyLedger());

        assertThat(told.stdout()).isEqualTo("000 0 [] [] 0 0.000000 0 http://upstream.example:8080/a/b?c=d");
    }

    @Test
    void tellsAFailureAfterItsLine() {
        var told = told();
        var after = told.finish(TRUNCATED, Told.telling("%{onerror}%{exitcode}: %{errormsg}", null));

        assertThat(told.stdout()).isEqualTo("18: the body ended early: http://h/: 5 of 9 bytes");
        assertThat(told.stderr()).isEqualTo("relay: the body ended early: http://h/: 5 of 9 bytes\n");
        assertThat(after).isSameAs(TRUNCATED);
    }

    @Test
    void namesWhereARedirectThatWasNotFollowedLeads() {
        var told = new Told(directory).answered(301, "Location", "../moved");
        told.finish(Told.DELIVERED, Told.telling("%{redirect_url}", null));

        assertThat(told.stdout()).isEqualTo("http://upstream.example:8080/moved");
    }

    @Test
    void printsNothingForAnUnknownVariableAndSaysSo() {
        var told = told();
        told.finish(Told.DELIVERED, Told.telling("a%{nosuch}b", null));

        assertThat(told.stdout()).isEqualTo("ab");
        assertThat(told.stderr()).isEqualTo("relay: note: unknown --write-out variable: nosuch\n");
    }

    @Test
    void turnsToOtherPlacesAndBack() throws Exception {
        Files.writeString(directory.resolve("old"), "old ");
        Files.writeString(directory.resolve("log"), "old ");
        var told = told();
        told.finish(
                Told.DELIVERED,
                Told.telling("1%{stderr}2%output{old}3%output{>>log}4%output{new}5%{stdout}6%{stderr}7", null));

        assertThat(told.stdout()).isEqualTo("16");
        assertThat(told.stderr()).isEqualTo("27");
        assertThat(directory.resolve("old")).hasContent("3");
        assertThat(directory.resolve("log")).hasContent("old 4");
        assertThat(directory.resolve("new")).hasContent("5");
    }

    @Test
    void failsWhenAFileCannotBeMade() {
        var told = told();
        var after = told.finish(Told.DELIVERED, Told.telling("a%output{no/such}b", null));

        assertThat(after.exitCode()).isEqualTo(ExitCode.OUTPUT_FAILED);
        assertThat(told.stdout()).isEqualTo("a");
        assertThat(told.stderr()).isEqualTo("relay: cannot write the output: no/such: there is no such directory\n");
    }

    @Test
    void handsTheBytesOfAFieldThroughAsTheyCame() {
        var told = new Told(directory).answered(200, "X-Odd", "\u00ff \u001b[2J");
        told.finish(Told.DELIVERED, Told.telling("%header{x-odd}", null));

        assertThat(told.stdout.bytes()).isEqualTo("\u00ff \u001b[2J".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void showsOnATerminalWhatItWouldObey() {
        var told = new Told(directory)
                .answered(200, "X-Odd", "gr\u00c3\u00bcn \u001b[2J", "Content-Type", "a\u0007")
                .onTerminals(1);
        told.finish(Told.DELIVERED, Told.telling("\u001b[1m%header{x-odd} %{content_type}", null));

        assertThat(told.stdout()).isEqualTo("\u001b[1mgr\u00fcn \\x1b[2J a\\x07");
    }

    @Test
    void endsSilentlyWhenTheReaderOfStdoutIsGone() {
        var told = told().writingTo(new Refusing(new IOException("Broken pipe")));
        var after = told.finish(Told.DELIVERED, Told.telling("x", null));

        assertThat(after.exitCode()).isEqualTo(ExitCode.READER_GONE);
        assertThat(told.stderr()).isEmpty();
    }

    @Test
    void failsWhenStdoutIsFull() {
        var told = told().writingTo(new Refusing(new IOException("No space left on device")));
        var after = told.finish(Told.DELIVERED, Told.telling("x", null));

        assertThat(after.exitCode()).isEqualTo(ExitCode.OUTPUT_FAILED);
        assertThat(told.stderr())
                .isEqualTo("relay: cannot write the output: standard output: No space left on device\n");
    }

    @Test
    void leavesAFailureAsItWasWhenTheReaderIsGoneToo() {
        var told = told().writingTo(new Refusing(new ReaderGoneException(new IOException("Broken pipe"))));

        assertThat(told.finish(TRUNCATED, Told.telling("x", null))).isSameAs(TRUNCATED);
        assertThat(told.stderr().lines()).hasSize(1);
    }

    @Test
    void isPrintedAlthoughASignalInterruptedTheThread() {
        var told = told();
        Thread.currentThread().interrupt();
        told.finish(TRUNCATED, Told.telling("%output{f}x", null));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory.resolve("f")).hasContent("x");
    }

    @Test
    void hasAValueForEveryVariableThatTheManualNames() {
        var told = told();
        var facts = new Facts(told.ledger(), TRUNCATED, 1);
        assertThat(WriteOutVariable.values())
                .filteredOn(variable -> variable.unit() != Unit.DIRECTIVE && facts.of(variable) == null)
                .containsExactlyInAnyOrder(
                        WriteOutVariable.FILENAME_EFFECTIVE,
                        WriteOutVariable.REDIRECT_URL,
                        WriteOutVariable.TIME_APPCONNECT,
                        WriteOutVariable.VALIDATOR);
    }

    /** A standard output that takes nothing. */
    private record Refusing(IOException why) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            throw why;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
