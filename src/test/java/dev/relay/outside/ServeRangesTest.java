package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a thing: those that clients ask for, and those in which relay fetches it. */
class ServeRangesTest {
    private static final Content CONTENT = Content.noise(9, 3_000_000);

    @TempDir
    Path directory;

    private static String download(URI url, String... lines) throws Exception {
        try (var client = RawClient.to(url.getPort()).get(url.getRawPath(), lines)) {
            return client.restText();
        }
    }

    private static byte[] body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static URI url(Relay.Running run) {
        return URI.create(run.stdout().awaitLine());
    }

    /** As viewers of documents do it: a look at the first byte, the end with the table, then what is in between. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aViewerThatTakesItPieceByPieceHasItAllAtTheEnd(boolean fromAnUpstream) throws Exception {
        Files.write(directory.resolve("a.pdf"), CONTENT.bytes());
        try (var upstream = ScriptedUpstream.sending(Entity.of(CONTENT).withEtag("\"v1\""));
                var run = Relay.in(directory)
                        .starting("serve", "--inline", fromAnUpstream ? upstream.url("/a.pdf") : "a.pdf")) {
            URI url = url(run);
            byte[] all = new byte[3_000_000];
            for (String range : List.of("0-0", "2900000-2999999", "1-999999", "1000000-2899999")) {
                int first = Integer.parseInt(range.substring(0, range.indexOf('-')));
                assertThat(run.told()).doesNotContain("sent 3.0 MB");
                String answer = download(url, "Range: bytes=" + range);
                assertThat(answer)
                        .startsWith("HTTP/1.1 206 ")
                        .containsIgnoringCase("Content-Range: bytes " + range + "/3000000\r\n");
                byte[] piece = body(answer);
                System.arraycopy(piece, 0, all, first, piece.length);
            }
            run.end().mustSucceed();
            assertThat(all).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void aFirstByteAloneSpendsNothing() throws Exception {
        Files.write(directory.resolve("a.pdf"), CONTENT.bytes());
        try (var run = Relay.in(directory).starting("serve", "--wait", "300ms", "a.pdf")) {
            URI url = url(run);
            assertThat(download(url, "Range: bytes=0-0")).startsWith("HTTP/1.1 206 ");
            run.end().mustFailWith(104);
        }
    }

    /** The whole is a right answer to a request for several parts (RFC 9110 §14.2), and counts as the whole. */
    @Test
    void severalRangesOfAFileAreAnsweredWithTheWholeWhichSpendsTheShot() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello world");
        try (var run = Relay.in(directory).starting("serve", "a.txt")) {
            assertThat(download(url(run), "Range: bytes=0-1,6-7"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\nhello world");
            run.end().mustSucceed();
        }
    }

    @Test
    void severalRangesOfAnUpstreamAreItsOwnAffairAndSpendNothing() throws Exception {
        String parts = String.join(
                "\r\n",
                "--b",
                "Content-Range: bytes 0-1/11",
                "",
                "he",
                "--b",
                "Content-Range: bytes 2-10/11",
                "",
                "llo world",
                "--b--",
                "");
        try (var upstream = ScriptedUpstream.answering(request -> "bytes=0-1,2-10".equals(request.header("Range"))
                        ? Answer.status(206)
                                .line("Content-Type: multipart/byteranges; boundary=b")
                                .body(parts)
                        : Answer.ok("hello world"));
                var run = Relay.start("serve", upstream.url("/a"))) {
            URI url = url(run);
            assertThat(download(url, "Range: bytes=0-1,2-10"))
                    .startsWith("HTTP/1.1 206 ")
                    .containsIgnoringCase("Content-Type: multipart/byteranges; boundary=b")
                    .endsWith(parts);
            assertThat(download(url)).endsWith("hello world");
            run.end().mustSucceed();
        }
    }

    /** Fetched in ranges over several connections, one of which breaks: the client sees one body. */
    @Test
    void whatIsFetchedInRangesIsHandedOverInOrder() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Entity.of(CONTENT).withEtag("\"v1\""))
                        .cuttingAfter(50_000)
                        .times(3);
                var run = Relay.start(
                        "serve",
                        "--parallel",
                        "4",
                        "--segment-size",
                        "256K",
                        "--retry-delay",
                        "0",
                        upstream.url("/a"))) {
            String answer = download(url(run));
            assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("Content-Length: 3000000\r\n");
            assertThat(body(answer)).isEqualTo(CONTENT.bytes());
            run.end().mustSucceed();
            assertThat(upstream.connections()).isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBreakOverTlsIsContinuedUnderneath(boolean http2) throws Exception {
        String curl = Programs.require("curl").toString();
        var identity = TlsIdentity.ofLocalhost();
        var secure =
                ScriptedUpstream.sending(Entity.of(CONTENT).withEtag("\"v1\"")).as(identity);
        secure = (http2 ? secure.overHttp2() : secure).cuttingAfter(1_000_000).times(2);
        try (var upstream = secure;
                var run = Relay.in(directory)
                        .starting(
                                "serve",
                                "--no-probe",
                                "--retry-delay",
                                "0",
                                "--cacert",
                                identity.authorityFile(directory).toString(),
                                upstream.url("/a"))) {
            Path got = directory.resolve("got");
            var process = new ProcessBuilder(curl, "-sS", "-o", got.toString(), url(run).toString())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readAllBytes(got)).isEqualTo(CONTENT.bytes());
            run.end().mustSucceed();
            assertThat(upstream.requests()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(upstream.request(1).header("If-Range")).isEqualTo("\"v1\"");
        }
    }
}
