package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure has its number and one line, and what can be known before a request is said before one is sent. */
class ExitCodeTest {
    @TempDir
    Path directory;

    @Test
    void aWholeBodyIsAZero() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            assertThat(Relay.run("get", "--retry", "0", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello world");
        }
    }

    @Test
    void aUrlAloneIsAGet() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            assertThat(Relay.run(upstream.url("/a?b=c")).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(0).method()).isEqualTo("GET");
            assertThat(upstream.request(0).target()).isEqualTo("/a?b=c");
        }
    }

    @Test
    void anEmptyBodyIsAZero() throws Exception {
        try (var upstream = ScriptedUpstream.sending("")) {
            assertThat(Relay.run("get", "--retry", "0", upstream.url())
                            .mustSucceed()
                            .stdoutBytes())
                    .isEmpty();
        }
    }

    @Test
    void headPrintsTheHeadAsReceivedAndNoBody() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").withLine("X-One: 1")) {
            var run = Relay.run("head", upstream.url()).mustSucceed();
            assertThat(run.stdout()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
            assertThat(run.stdout().lines().map(String::toLowerCase)).contains("x-one: 1", "content-length: 5");
            assertThat(upstream.request(0).method()).isEqualTo("HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "file:///etc/passwd", "gopher://localhost/"})
    void otherSchemesAreOne(String url) {
        var run = Relay.run("get", "--retry", "0", url).mustFailWith(1);
        assertThat(run.stdoutBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "--max-time=soon",
                "--max-time=-1",
                "--max-redirs=some",
                "--limit-rate=fast",
                "--max-filesize=1Q",
                "--range=five",
                "--header=no colon",
                "--resolve=host",
                "--connect-to=host",
                "--proto-redir=-all,+nonsense",
                "--request=GET /",
            })
    void whatCannotBeMeantIsTwoAndNothingIsSent(String option) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", "--retry", "0", option, upstream.url()).mustFailWith(2);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void aUrlThatIsMissingIsTwo() {
        Relay.run("get").mustFailWith(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[::1",
                "http://127.0.0.1:99999/",
                "http://127.0.0.1:port/",
                "http:///path",
                "http://a b/",
                "http://",
            })
    void malformedUrlsAreThree(String url) {
        Relay.run("get", "--retry", "0", url).mustFailWith(3);
    }

    @Test
    void aNameWithoutAddressIsSix() {
        var run = Relay.run("get", "--retry", "0", "http://nosuch.invalid/").mustFailWith(6);
        assertThat(run.stderr()).contains("nosuch.invalid");
    }

    @Test
    void aRefusedConnectionIsSeven() throws Exception {
        String url = "http://127.0.0.1:" + Ports.refusing() + "/";
        assertThat(Relay.run("get", "--retry", "0", url).mustFailWith(7).stderr())
                .contains(url);
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "410", "418", "451", "500", "503", "599"})
    void aStatusOfFourHundredOrMoreIsTwentyTwoAndWritesNothing(int status) throws Exception {
        var error = Answer.status(status).body("an error page");
        try (var upstream = ScriptedUpstream.answering(error)) {
            var run = Relay.run("get", "--retry", "0", upstream.url()).mustFailWith(22);
            assertThat(run.stdoutBytes()).isEmpty();
            assertThat(run.stderr()).contains(Integer.toString(status));
        }
    }

    @Test
    void failWithBodyWritesTheBodyAndIsTwentyTwo() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("not here"))) {
            var run = Relay.run("get", "--retry", "0", "--fail-with-body", upstream.url())
                    .mustFailWith(22);
            assertThat(run.stdout()).isEqualTo("not here");
        }
    }

    @Test
    void noFailTakesAnErrorPageForABody() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("not here"))) {
            var run = Relay.run("get", "--retry", "0", "--no-fail", upstream.url())
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("not here");
        }
    }

    @Test
    void aBodyThatBreaksIsWorseThanItsStatus() throws Exception {
        try (var upstream =
                ScriptedUpstream.answering(Answer.status(404).body("not here").cutAfter(3))) {
            Relay.run("get", "--retry", "0", "--no-fail", upstream.url()).mustFailWith(18);
        }
    }

    @Test
    void headOfAnErrorIsTwentyTwo() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404))) {
            Relay.run("head", upstream.url()).mustFailWith(22);
        }
    }

    @Test
    void noAnswerIsFiftyTwo() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.nothing())) {
            Relay.run("get", "--retry", "0", upstream.url()).mustFailWith(52);
        }
    }

    @Test
    void aResetInsteadOfAnAnswerIsFiftySix() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.reset())) {
            Relay.run("get", "--retry", "0", upstream.url()).mustFailWith(56);
        }
    }

    @Test
    void anUnreadableAuthorityFileIsSeventySevenAndNothingIsSent() throws Exception {
        Path garbage = Files.writeString(directory.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nnone\n");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String url = upstream.url("https", "127.0.0.1", "/");
            for (Path file : new Path[] {garbage, empty, directory, directory.resolve("missing.pem")}) {
                Relay.run("get", "--retry", "0", "--cacert", file.toString(), url)
                        .mustFailWith(77);
            }
            assertThat(upstream.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-H", "-w"})
    void aFileWithoutEndIsTwentySixAndNothingIsSent(String option) throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")), "needs /dev/zero");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = Relay.run("get", "--retry", "0", option, "@/dev/zero", upstream.url());
            assertThat(run.mustFailWith(26).stderr().lines()).hasSize(1);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void whatNobodyExpectsIsAHundredAndTwentyFiveAndOneLine() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var defect = new Defect()) {
            var run = Relay.writingTo(defect).with("get", "--retry", "0", upstream.url());
            assertThat(run.mustFailWith(125).stderr().lines()).hasSize(1);
        }
    }

    /** A standard output that does what no output may do. */
    private static final class Defect implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            throw new IllegalStateException("not to be expected");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void theUrlInAnErrorLineHasNoCredentials() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404))) {
            String url = "http://someone:hunter2@" + upstream.authority() + "/x";
            for (String option : new String[] {"-s", "-v", "--debug"}) {
                var run = Relay.run("get", "--retry", "0", option, url);
                assertThat(run.exit()).isEqualTo(22);
                assertThat(run.stderr()).contains("/x").doesNotContain("hunter2");
            }
        }
    }

    @Test
    void debugShowsTheStackAndNothingElseDoes() throws Exception {
        String url = "http://127.0.0.1:" + Ports.refusing() + "/";
        assertThat(Relay.run("get", "--retry", "0", "--debug", url).stderr()).contains(" at dev.relay.");
        assertThat(Relay.run("get", "--retry", "0", "-v", url).stderr()).doesNotContain(" at dev.relay.");
    }

    @Test
    void silenceKeepsTheErrorAndNoErrorLineDropsIt() throws Exception {
        String url = "http://127.0.0.1:" + Ports.refusing() + "/";
        Relay.run("get", "--retry", "0", "-s", url).mustFailWith(7);
        Relay.run("get", "--retry", "0", "-sS", url).mustFailWith(7);
        Relay.run("get", "--retry", "0", "--no-error-line", url).mustEndSilentlyWith(7);
    }

    @Test
    void theReaderThatLeavesIsAHundredAndFortyOneAndNoLine() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.endless()).chunked();
                var reader = new LeavingReader(5)) {
            Relay.writingTo(reader).with("get", "--retry", "0", upstream.url()).mustEndSilentlyWith(141);
            upstream.awaitLeaving(0);
        }
    }

    @Test
    void nothingAskedForIsTwoAndTheShortPageOnStandardErrorAlone() {
        var run = Relay.run();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isEqualTo(Relay.run("help").mustSucceed().stdout());
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(Relay.run("--help").mustSucceed().stdout()).contains("relay get");
        assertThat(Relay.run("get", "--retry", "0", "--help").mustSucceed().stdout())
                .contains("--output");
        assertThat(Relay.run("help", "get").mustSucceed().stdout()).contains("--output");
        assertThat(Relay.run("--version").mustSucceed().stdout()).startsWith("relay ");
    }
}
