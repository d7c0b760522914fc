package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** What is told is true, goes where it should, and holds no secret. */
class TellingTest {
    @TempDir
    Path directory;

    @Test
    void writeOutComesAfterTheBody() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(302, "/end"), Answer.ok("hello"))) {
            var run = Relay.run(
                    "get",
                    "--retry",
                    "0",
                    "-w",
                    "\\n%{http_code} %{size_download} %{num_redirects} %{method} %{http_version}\\n",
                    upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello\n200 5 1 GET 1.1\n");
        }
    }

    @Test
    void writeOutTellsFailuresToo() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            var run =
                    Relay.run("get", "--retry", "0", "-w", "|%{exitcode} %{size_download} %{errormsg}", upstream.url());
            assertThat(run.mustFailWith(18).stdout()).startsWith("hello|18 5 ");
        }
        var run = Relay.run("get", "--retry", "0", "-w", "%{exitcode}", "http://127.0.0.1:" + Ports.refusing() + "/");
        assertThat(run.mustFailWith(7).stdout()).isEqualTo("7");
    }

    @Test
    void theReportIsAnObjectOnSuccessAndOnFailure() throws Exception {
        Path file = directory.resolve("report.json");
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            Relay.run("get", "--retry", "0", "--report", file.toString(), upstream.url())
                    .mustFailWith(18);
            JsonNode failed = new ObjectMapper().readTree(file.toFile());
            assertThat(failed.path("exitcode").asInt()).isEqualTo(18);
            Relay.run("get", "--retry", "0", "--report", file.toString(), upstream.url())
                    .mustSucceed();
            JsonNode done = new ObjectMapper().readTree(file.toFile());
            assertThat(done.path("exitcode").asInt(-1)).isZero();
            assertThat(done.path("size_download").asLong()).isEqualTo(11);
            assertThat(done.path("http_code").asInt()).isEqualTo(200);
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeAnythingIsSent() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String file = directory.resolve("missing/report.json").toString();
            Relay.run("get", "--retry", "0", "--report", file, upstream.url()).mustFailWith(23);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void verboseShowsTheExchangeAndNoSecret() throws Exception {
        var answer =
                Answer.ok("hello").line("Set-Cookie: id=0123secret; Path=/").line("X-Open: seen");
        try (var upstream = ScriptedUpstream.answering(answer)) {
            var run = Relay.run(
                    "get",
                    "--retry",
                    "0",
                    "-v",
                    "-H",
                    "Authorization: Bearer 1secret",
                    "-H",
                    "Cookie: a=2secret",
                    "-H",
                    "X-Api-Key: 3secret",
                    "-H",
                    "X-Shown: yes",
                    upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(run.stderr()).containsIgnoringCase("> GET / HTTP/1.1").containsIgnoringCase("> x-shown: yes");
            assertThat(run.stderr()).containsIgnoringCase("< HTTP/1.1 200").containsIgnoringCase("< x-open: seen");
            assertThat(run.stderr()).containsIgnoringCase("> authorization:").doesNotContain("secret");
        }
    }

    @Test
    void verboseNamesTheConnectionThatBrokeAndTheOneThatGoesOn() throws Exception {
        try (var upstream =
                ScriptedUpstream.sending("hello world").withEtag("\"v1\"").cuttingAfter(5)) {
            var run =
                    Relay.run("get", "-v", "--retry-delay", "0", upstream.url()).mustSucceed();

            assertThat(run.stderr())
                    .containsSubsequence(
                            "* Connected to 127.0.0.1",
                            " (#1)\n",
                            "\n* The connection to 127.0.0.1 (#1) broke\n",
                            "continuing at byte 5",
                            "\n* Connected to 127.0.0.1",
                            " (#2)\n",
                            "\n> Range: bytes=5-\n");
        }
    }

    @Test
    void verboseNamesTheConnectionsOfSegments() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(1, 300_000))
                .withEtag("\"v1\"")
                .cuttingAfter(5_000)
                .times(2)) {
            var run = Relay.run(
                            "get",
                            "-v",
                            "--retry-delay",
                            "0",
                            "--parallel",
                            "3",
                            "--segment-size",
                            "64K",
                            "-o",
                            directory.resolve("file").toString(),
                            upstream.url())
                    .mustSucceed();

            assertThat(run.stderr().lines().filter(line -> line.endsWith(" broke")))
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.matches("\\* The connection to 127\\.0\\.0\\.1 \\(#[1-5]\\) broke"));
            assertThat(run.stderr().lines()).allMatch(line -> line.matches("(\\* |> |< |relay: note: ).*"));
        }
    }

    @Test
    void verboseShowsNoCredentialsOfTheUrl() throws Exception {
        try (var there = ScriptedUpstream.sending("there");
                var here = ScriptedUpstream.answering(
                        Answer.redirect(302, "http://other:hunter3@" + there.authority() + "/"))) {
            var run = Relay.run("get", "--retry", "0", "-v", "http://someone:hunter2@" + here.authority() + "/");
            assertThat(run.stderr())
                    .doesNotContain("hunter2", "hunter3")
                    .doesNotContain("c29tZW9uZTpodW50ZXIy", "b3RoZXI6aHVudGVyMw");
        }
    }

    @Test
    void verboseClaimsNoConnectionThatWasNotMade() throws Exception {
        var run = Relay.run("get", "--retry", "0", "-v", "http://127.0.0.1:" + Ports.refusing() + "/")
                .mustFailWith(7);
        assertThat(run.stderr()).doesNotContain("Connected", "> GET");
    }

    @Test
    void whatAServerSaysIsShownAndNotObeyed() throws Exception {
        var answer = Answer.status(404).line("X-Evil: \u001b]0;title\u0007\u001b[2J");
        try (var upstream = ScriptedUpstream.answering(answer)) {
            assertThat(Relay.run("get", "--retry", "0", "-v", upstream.url()).stderr())
                    .doesNotContain("\u001b", "\u0007");
        }
    }

    @Test
    void nothingIsToldOfASuccessThatIsNoTerminal() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", "--retry", "0", upstream.url()).mustEndSilentlyWith(0);
        }
    }

    @Test
    void theDefaultRequestIsThatOfAToolThatSaysWhoItIs() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", "--retry", "0", upstream.url("/path?q=1")).mustSucceed();
            var request = upstream.request(0);
            assertThat(request.version()).isEqualTo("HTTP/1.1");
            assertThat(request.header("Host")).isEqualTo(upstream.authority());
            assertThat(request.header("User-Agent")).startsWith("relay/");
            assertThat(request.header("Accept")).isEqualTo("*/*");
            assertThat(request.header("Upgrade")).isNull();
            assertThat(request.header("HTTP2-Settings")).isNull();
            assertThat(request.header("Accept-Encoding")).isNull();
        }
    }

    @Test
    void headersAreReplacedRemovedAndSentEmpty() throws Exception {
        Path more = Files.writeString(directory.resolve("headers"), "X-File: 1\nX-File-Two: 2\n");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run(
                            "get",
                            "--retry",
                            "0",
                            "-H",
                            "Accept: text/plain",
                            "-H",
                            "User-Agent:",
                            "-H",
                            "X-Empty;",
                            "-H",
                            "X-Twice: 1",
                            "-H",
                            "X-Twice: 2",
                            "-H",
                            "@" + more,
                            "-e",
                            "http://referer.test/",
                            upstream.url())
                    .mustSucceed();
            var request = upstream.request(0);
            assertThat(request.headers("Accept")).containsExactly("text/plain");
            // The transport cannot be kept from sending one: an empty one says as much as none.
            assertThat(request.header("User-Agent")).isEmpty();
            assertThat(request.header("X-Empty")).isEmpty();
            assertThat(request.headers("X-Twice")).containsExactly("1", "2");
            assertThat(request.header("X-File-Two")).isEqualTo("2");
            assertThat(request.header("Referer")).isEqualTo("http://referer.test/");
        }
    }

    @Test
    void aHeaderCannotSmuggleAnother() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", "--retry", "0", "-H", "X: a\r\nEvil: b", upstream.url())
                    .mustFailWith(2);
            Relay.run("get", "--retry", "0", "-A", "a\r\nEvil: b", upstream.url())
                    .mustFailWith(2);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void urlQueryIsAddedToTheUrl() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", "--retry", "0", "--url-query", "a=b c", "--url-query", "d=é&f", upstream.url("/x?y=z"))
                    .mustSucceed();
            assertThat(upstream.request(0).target()).matches("/x\\?y=z&a=b(%20|\\+)c&d=%C3%A9%26f");
        }
    }
}
