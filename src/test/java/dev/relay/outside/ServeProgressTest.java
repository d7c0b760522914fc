package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What serve and listen tell of a download while it lasts: from the first client on, and of it alone. */
class ServeProgressTest {
    private static final int SIZE = 600_000;

    @TempDir
    Path directory;

    private static List<String> objects(String stderr) {
        return stderr.lines().filter(line -> line.startsWith("{\"v\":1")).toList();
    }

    private static RawClient client(Relay.Running run) throws Exception {
        URI url = URI.create(run.stdout().awaitLine());
        return RawClient.to(url.getPort()).get(url.getRawPath());
    }

    @ParameterizedTest
    @CsvSource({"FILE, 600000", "-, null", "URL, 600000", "CHUNKED, null"})
    void itsLengthIsToldWhereItIsKnown(String kind, String total) throws Exception {
        byte[] bytes = new byte[SIZE];
        Files.write(directory.resolve("a"), bytes);
        var sending = ScriptedUpstream.sending("x".repeat(SIZE));
        try (var upstream = kind.equals("CHUNKED") ? sending.chunked() : sending;
                var run = Relay.in(directory)
                        .readingFrom(Files.newInputStream(directory.resolve("a")))
                        .starting(
                                "serve",
                                "--no-config",
                                "--progress",
                                "json",
                                "--limit-rate",
                                "400000",
                                kind.equals("FILE") ? "a" : kind.equals("-") ? "-" : upstream.url("/a"))) {
            try (var client = client(run)) {
                assertThat(client.rest()).hasSizeGreaterThan(SIZE);
            }
            var end = run.end().mustSucceed();
            var objects = objects(end.stderr());
            assertThat(objects).hasSizeGreaterThan(1);
            assertThat(objects.getFirst())
                    .contains("\"total\":" + total + ",")
                    .containsPattern("\"state\":\"(receiving|writing)\"")
                    .containsPattern("\"bytes\":[1-9]");
            assertThat(objects.getLast()).contains("\"bytes\":600000,", "\"exitcode\":0");
            assertThat(end.stderr()).contains("sent 600 KB to 127.0.0.1 in ");
        }
    }

    /** The time before the first client is no part of it, and neither is what another client was sent. */
    @Test
    void aDownloadIsToldOfByItself() throws Exception {
        Files.write(directory.resolve("a"), new byte[SIZE]);
        try (var run = Relay.in(directory)
                .starting("serve", "--count", "2", "--progress", "json", "--limit-rate", "400000", "a")) {
            for (int i = 0; i < 2; i++) {
                String answer = "HTTP/1.1 503";
                while (answer.startsWith("HTTP/1.1 503")) {
                    try (var client = client(run)) {
                        answer = client.restText();
                    }
                }
            }
            assertThat(objects(run.end().mustSucceed().stderr()))
                    .hasSizeGreaterThan(3)
                    .allSatisfy(object -> assertThat(object).contains("\"offset\":0,", "\"total\":600000,"))
                    .last()
                    .asString()
                    .contains("\"bytes\":600000,");
        }
    }

    @Test
    void howItEndedIsToldThoughNobodyCame() throws Exception {
        Files.write(directory.resolve("a"), new byte[SIZE]);
        var run = Relay.in(directory)
                .with("serve", "--progress", "json", "--wait", "100ms", "a")
                .mustFailWith(103);

        assertThat(objects(run.stderr())).singleElement().asString().contains("\"exitcode\":103");
    }

    @Test
    void nothingIsToldWhereNothingIsWanted() throws Exception {
        Files.write(directory.resolve("a"), new byte[SIZE]);
        try (var run =
                Relay.in(directory).starting("serve", "--progress", "none", "-s", "--limit-rate", "400000", "a")) {
            try (var client = client(run)) {
                client.rest();
            }
            assertThat(run.end().mustSucceed().stderr()).isEmpty();
        }
    }

    @Test
    void bothDirectionsOfListenAreToldOf() throws Exception {
        try (var run = Relay.reading("the answer").starting("listen", "--progress", "json")) {
            run.awaitStderr("http://");
            URI url = URI.create(run.told().lines().findFirst().orElseThrow());
            try (var client = RawClient.to(url.getPort()).request("POST", url.getRawPath(), "Content-Length: 11")) {
                client.readTo("the answer");
                client.send("hello");
                run.awaitStderr("\"bytes\":5,");
                client.send(" world").restText();
            }
            assertThat(objects(run.end().mustSucceed().stderr()))
                    .last()
                    .asString()
                    .contains("\"bytes\":11,", "\"sent\":10,", "\"exitcode\":0");
        }
    }

    @Test
    void bothDirectionsOfServeAreToldOf() throws Exception {
        try (var upstream = EchoServer.doing(EchoServer::echo);
                var run = Relay.reading(InputStream.nullInputStream())
                        .starting("serve", "--duplex", "--progress", "json", upstream.url())) {
            URI url = URI.create(run.stdout().awaitLine());
            try (var client =
                    RawClient.to(url.getPort()).request("POST", url.getRawPath(), "Transfer-Encoding: chunked")) {
                client.send("5\r\nhello\r\n");
                run.awaitStderr("\"sent\":5,");
                client.send("0\r\n\r\n").restText();
                client.endSending();
            }
            assertThat(objects(run.end().mustSucceed().stderr()))
                    .last()
                    .asString()
                    .contains("\"bytes\":5,", "\"sent\":5,");
        }
    }
}
