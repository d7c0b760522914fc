package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One download, handed over whole: what clients get, what spends the shot, and how relay ends. */
class ServeTest {
    private static final int LARGE = 8_000_000;

    @TempDir
    Path directory;

    /** Where the run can be reached, once it has said so. */
    private static URI url(Relay.Running run) {
        return URI.create(run.stdout().awaitLine());
    }

    private static RawClient client(URI url) throws Exception {
        return RawClient.to(url.getPort());
    }

    /** A client that downloads it all, by a new connection. */
    private static String download(URI url, String... lines) throws Exception {
        try (var client = client(url).get(url.getRawPath(), lines)) {
            return client.restText();
        }
    }

    private Relay.Running serve(String... argv) {
        var all = new String[argv.length + 1];
        all[0] = "serve";
        System.arraycopy(argv, 0, all, 1, argv.length);
        return Relay.in(directory).starting(all);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void aFileGoesToTheFirstClientAndThatIsAll() throws Exception {
        file("report.txt", "hello world");
        try (var run = serve("report.txt")) {
            URI url = url(run);
            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            assertThat(url.getPath()).matches("/[A-Za-z0-9_-]{22}/report\\.txt");

            assertThat(download(url))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: text/plain; charset=utf-8\r\n")
                    .contains("Content-Disposition: attachment; filename=\"report.txt\"\r\n")
                    .contains("Content-Length: 11\r\n")
                    .endsWith("\r\n\r\nhello world");
            var end = run.end().mustSucceed();
            assertThat(end.stdout()).isEqualTo(url + "\n");
            assertThat(end.stderr()).contains("sent 11 bytes to 127.0.0.1 in ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.txt", "sub/none.txt", "."})
    void aFileThatCannotBeReadIsToldBeforeAnythingListens(String name) {
        var run = Relay.in(directory).with("serve", name).mustFailWith(37);

        assertThat(run.stdout()).isEmpty();
    }

    @Test
    void whatIsNoDownloadSpendsNothing() throws Exception {
        file("a.txt", "hello");
        try (var run = serve("a.txt")) {
            URI url = url(run);
            try (var client = client(url).request("HEAD", url.getRawPath())) {
                assertThat(client.restText()).contains("Content-Length: 5").endsWith("\r\n\r\n");
            }
            assertThat(download(url, "Sec-Purpose: prefetch;prerender")).startsWith("HTTP/1.1 503 ");
            assertThat(download(url, "User-Agent: Slackbot-LinkExpanding 1.0")).startsWith("HTTP/1.1 403 ");
            assertThat(download(URI.create(url.resolve("/favicon.ico").toString())))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(download(url, "If-None-Match: *")).startsWith("HTTP/1.1 304 ");
            assertThat(download(url, "Range: bytes=9-")).startsWith("HTTP/1.1 416 ");
            assertThat(download(url, "Range: bytes=0-0")).startsWith("HTTP/1.1 206 ");
            try (var client = client(url).request("POST", url.getRawPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
            }

            assertThat(download(url)).endsWith("hello");
            run.end().mustSucceed();
        }
    }

    @Test
    void rangesThatCoverItSpendTheShot() throws Exception {
        file("a.txt", "hello world");
        try (var run = serve("a.txt")) {
            URI url = url(run);
            assertThat(download(url, "Range: bytes=6-"))
                    .contains("Content-Range: bytes 6-10/11")
                    .endsWith("world");
            assertThat(download(url, "Range: bytes=0-5")).endsWith("hello ");
            run.end().mustSucceed();
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleSpendsNothingAndTheNextIsServed() throws Exception {
        Files.write(directory.resolve("big"), new byte[LARGE]);
        try (var run = serve("big")) {
            URI url = url(run);
            try (var client = RawClient.to(url.getPort(), 4096).get(url.getRawPath())) {
                client.head();
                client.read(1000);
                assertThat(download(url, "User-Agent: another"))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("Retry-After:");
            }
            run.awaitStderr("went away");
            assertThat(download(url)).hasSizeGreaterThan(LARGE);
            run.end().mustSucceed();
        }
    }

    @Test
    void aClientThatGoesOnWhereItBrokeHasTheWhole() throws Exception {
        Files.write(directory.resolve("big"), new byte[LARGE]);
        try (var run = serve("big")) {
            URI url = url(run);
            try (var client = client(url).get(url.getRawPath())) {
                client.head();
                client.read(500_000);
            }
            run.awaitStderr("went away");
            assertThat(download(url, "Range: bytes=500000-")).startsWith("HTTP/1.1 206 ");
            run.end().mustSucceed();
        }
    }

    @Test
    void nobodyCameIsOneEndAndNobodyStayedIsAnother() throws Exception {
        Files.write(directory.resolve("big"), new byte[LARGE]);
        Relay.in(directory).with("serve", "--wait", "100ms", "big").mustFailWith(103);

        try (var run = serve("--wait", "1", "big")) {
            URI url = url(run);
            try (var client = RawClient.to(url.getPort(), 4096).get(url.getRawPath())) {
                client.head();
            }
            run.end().mustFailWith(104);
        }
    }

    @Test
    void severalClientsAreServedWhenToldSo() throws Exception {
        file("a.txt", "hello");
        try (var run = serve("--count", "2", "a.txt")) {
            URI url = url(run);
            assertThat(download(url)).endsWith("hello");
            String next = download(url, "User-Agent: another");
            while (next.startsWith("HTTP/1.1 503 ")) {
                // That the first has everything is known a moment after it.
                next = download(url, "User-Agent: another");
            }
            assertThat(next).endsWith("hello");
            run.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.test, 421",
        "evil.test:80, 421",
        "localhost, 200",
        "127.0.0.1:1, 200",
        "[::1], 200",
        "1.2.3.4, 200"
    })
    void aNameThatIsNotOursIsRefused(String host, int status) throws Exception {
        file("a.txt", "hello");
        try (var run = serve("a.txt")) {
            URI url = url(run);
            try (var client = client(url).send("GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 " + status + " ");
            }
        }
    }

    @Test
    void aPasswordIsAskedForAndNotPassedOn() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var run = serve("--auth", "me:secret", "--header-policy", "all", upstream.url("/a.txt"))) {
            URI url = url(run);
            assertThat(download(url)).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Basic ");
            assertThat(download(url, "Authorization: Basic bWU6d3Jvbmc=")).startsWith("HTTP/1.1 401 ");
            assertThat(download(url, "Authorization: Basic bWU6c2VjcmV0", "X-Mine: yes"))
                    .endsWith("hello");
            run.end().mustSucceed();
            assertThat(upstream.request(1).header("Authorization")).isNull();
            assertThat(upstream.request(1).header("X-Mine")).isEqualTo("yes");
        }
    }

    @Test
    void thePathCanBeGiven() throws Exception {
        file("a.txt", "hello");
        try (var run = serve("--path", "/here", "--name", "b.pdf", "--inline", "a.txt")) {
            URI url = url(run);
            assertThat(url.getPath()).isEqualTo("/here");
            assertThat(download(url)).contains("Content-Disposition: inline; filename=\"b.pdf\"");
            run.end().mustSucceed();
        }
    }

    @Test
    void standardInputGoesToOneClientInChunks() throws Exception {
        try (var run = Relay.reading("from a pipe").starting("serve", "-")) {
            URI url = url(run);
            assertThat(download(url))
                    .contains("Transfer-Encoding: chunked")
                    .endsWith("\r\nb\r\nfrom a pipe\r\n0\r\n\r\n");
            run.end().mustSucceed();
        }
    }

    @Test
    @SuppressWarnings("try") // the pipe is closed to end standard input
    void whatWasReadOfStandardInputIsNotLostWithAClientThatLeavesEarly() throws Exception {
        try (var pipe = new PipedOutputStream();
                var run = Relay.reading(new PipedInputStream(pipe)).starting("serve", "-")) {
            URI url = url(run);
            pipe.write("first ".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            try (var client = client(url).get(url.getRawPath())) {
                client.readTo("first ");
            }
            run.awaitStderr("went away");
            pipe.write("second".getBytes(StandardCharsets.UTF_8));
            pipe.close();
            assertThat(download(url)).contains("first ").contains("second");
            run.end().mustSucceed();
        }
    }

    @Test
    void standardInputThatIsLostEndsTheRun() throws Exception {
        try (var run = Relay.reading(new ByteArrayInputStream(new byte[LARGE])).starting("serve", "-")) {
            URI url = url(run);
            try (var client = RawClient.to(url.getPort()).get(url.getRawPath())) {
                client.head();
                client.read(2_000_000);
            }
            run.end().mustFailWith(104);
        }
    }

    @Test
    void anUpstreamThatRefusesIsToldBeforeAnythingListens() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404))) {
            var run = Relay.run("serve", upstream.url());

            assertThat(run.mustFailWith(22).stdout()).isEmpty();
            assertThat(upstream.request(0).method()).isEqualTo("HEAD");
        }
    }

    @Test
    void theUpstreamIsAskedForWhatTheClientAsksFor() throws Exception {
        var entity = Entity.of("hello world").withEtag("\"v1\"");
        try (var upstream = ScriptedUpstream.sending(entity)
                        .withLine("Set-Cookie: a=b")
                        .withLine("Server: x");
                var run = serve("--no-probe", "--add-header", "X-Added: 1", upstream.url("/a.txt"))) {
            URI url = url(run);
            assertThat(download(url, "Range: bytes=6-", "If-Range: \"v1\"", "Cookie: c=d", "Accept-Language: de"))
                    .startsWith("HTTP/1.1 206 ")
                    .containsIgnoringCase("content-range: bytes 6-10/11")
                    .containsIgnoringCase("etag: \"v1\"")
                    .contains("X-Added: 1")
                    .doesNotContainIgnoringCase("set-cookie")
                    .doesNotContainIgnoringCase("server:")
                    .endsWith("world");
            var request = upstream.request(0);
            assertThat(request.header("Range")).isEqualTo("bytes=6-");
            assertThat(request.header("If-Range")).isEqualTo("\"v1\"");
            assertThat(request.header("Accept-Language")).isEqualTo("de");
            assertThat(request.header("Cookie")).isNull();
        }
    }

    @Test
    void aBreakOfTheUpstreamIsNotNoticed() throws Exception {
        var content = Content.noise(7, LARGE);
        try (var upstream = ScriptedUpstream.sending(Entity.of(content).withEtag("\"v1\""))
                        .cuttingAfter(3_000_000)
                        .times(2);
                var run = serve("--retry-delay", "0", upstream.url("/big"))) {
            URI url = url(run);
            try (var client = client(url).get(url.getRawPath())) {
                assertThat(client.head()).containsIgnoringCase("Content-Length: " + LARGE);
                assertThat(client.rest()).isEqualTo(content.bytes());
                assertThat(client.wasReset()).isFalse();
            }
            run.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, cut, 18",
        "true, cut, 18",
        "false, reset, 56",
        "true, reset, 56",
    })
    void aBreakThatNothingContinuesCutsTheClient(boolean chunked, String how, int exit) throws Exception {
        var upstream = ScriptedUpstream.sending(Content.noise(7, LARGE)).everyTime();
        upstream = how.equals("cut") ? upstream.cuttingAfter(3_000_000) : upstream.resettingAfter(3_000_000);
        upstream = chunked ? upstream.chunked() : upstream;
        try (var breaking = upstream;
                var run = serve("--no-probe", "--no-resume", "--wait", "1", breaking.url("/big"))) {
            URI url = url(run);
            try (var client = client(url).get(url.getRawPath())) {
                String all = client.restText();
                assertThat(all).doesNotEndWith("0\r\n\r\n");
                assertThat(client.wasReset()).isTrue();
            }
            assertThat(run.end().exit()).isEqualTo(exit);
        }
    }

    @Test
    void anUpstreamThatFailsBeforeItsHeadIsAGatewaysFailure() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.nothing());
                var run = serve("--no-probe", "--retry", "0", "--wait", "1", upstream.url("/a"))) {
            assertThat(download(url(run))).startsWith("HTTP/1.1 502 ");
            run.end().mustFailWith(52);
        }
    }

    @Test
    void anUpstreamThatIsSilentIsATimeOut() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.silence());
                var run = serve(
                        "--no-probe",
                        "--retry",
                        "0",
                        "--first-byte-timeout",
                        "200ms",
                        "--wait",
                        "1",
                        upstream.url("/a"))) {
            assertThat(download(url(run))).startsWith("HTTP/1.1 504 ");
            run.end().mustFailWith(28);
        }
    }

    @Test
    void aBodyThatIsNotWhatItShouldBeIsCutBeforeItsLastByte() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var run = serve("--checksum", "md5:" + "0".repeat(32), "--wait", "1", upstream.url("/a"))) {
            URI url = url(run);
            try (var client = client(url).get(url.getRawPath())) {
                assertThat(client.restText()).doesNotContain("hello");
                assertThat(client.wasReset()).isTrue();
            }
            run.end().mustFailWith(101);
        }
    }

    @Test
    void aClientThatLeavesStopsASilentUpstreamAtOnce() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5);
                var run = serve("--no-probe", "--wait", "1", upstream.url("/a"))) {
            URI url = url(run);
            try (var client = client(url).get(url.getRawPath())) {
                client.readTo("hello");
            }
            upstream.awaitLeaving(0);
            run.end().mustFailWith(104);
        }
    }

    @Test
    void whatArrivesIsSentAtOnce() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").chunked().stallingAfter(5);
                var run = serve("--no-probe", upstream.url("/a"))) {
            URI url = url(run);
            try (var client = client(url).get(url.getRawPath())) {
                client.readTo("hello");
                upstream.release();
                assertThat(client.restText()).contains(" world").endsWith("0\r\n\r\n");
            }
            run.end().mustSucceed();
        }
    }

    @Test
    void aPortThatIsTakenIsAFailureOfItsOwn() throws Exception {
        file("a.txt", "hello");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Relay.in(directory)
                    .with("serve", "--port", Integer.toString(taken.getLocalPort()), "a.txt")
                    .mustFailWith(105);
        }
        Relay.in(directory).with("serve", "--bind", "192.0.2.1", "a.txt").mustFailWith(105);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--path here",
                "--path //here",
                "--path /a --no-token",
                "--port 70000",
                "--count 0",
                "--auth me",
                "--tls-key k.pem",
                "--header-policy some",
                "--add-header Content-Length:1",
                "--add-header Connection:x",
                "--pass-header a:b",
                "--name ../x",
                "-H X:y",
                "--no-probe",
                "--retry 1"
            })
    void whatMakesNoSenseForAFileIsAMisuse(String options) throws Exception {
        file("a.txt", "hello");
        String[] words = ("serve " + options + " a.txt").split(" ", -1);

        Relay.in(directory).with(words).mustFailWith(2);
    }

    @Test
    void theRangeIsTheClientsToAskFor() {
        Relay.run("serve", "-r", "0-1", "http://localhost/a").mustFailWith(2);
        Relay.run("serve", "--events", "http://localhost/a").mustFailWith(2);
    }

    @Test
    void aFileThatIsWrittenToMeanwhileIsCut() throws Exception {
        Path file = directory.resolve("big");
        Files.write(file, new byte[LARGE]);
        try (var run = serve("--wait", "1", "big")) {
            URI url = url(run);
            try (var client = RawClient.to(url.getPort(), 4096).get(url.getRawPath())) {
                client.head();
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
                assertThat(client.rest()).hasSizeLessThan(LARGE);
                assertThat(client.wasReset()).isTrue();
            }
            run.end().mustFailWith(102);
        }
    }
}
