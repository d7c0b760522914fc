package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.EchoServer;
import dev.relay.support.Ports;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code relay serve --duplex URL}: a client's request goes upstream while the response comes back. */
@Timeout(60)
class ServeDuplexTest {
    private static final String LATER = "Transfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path directory;

    private static URI url(Relay.Running running) {
        return URI.create(running.stdout().awaitLine());
    }

    private static RawClient post(URI url, String rest) throws IOException {
        return RawClient.to(url.getPort()).send("POST " + url.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\n" + rest);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void theEchoOfALineIsReadBeforeTheNextIsSent() throws Exception {
        try (var upstream = EchoServer.doing(EchoServer::echo);
                var run = Relay.start("serve", "--duplex", upstream.url());
                var client = post(url(run), LATER)) {
            // Clients that are told of the end of the connection stop sending (curl).
            assertThat(client.head()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("Connection:");
            for (int line = 0; line < 50; line++) {
                String piece = chunk("line " + line + "\n");
                client.send(piece);
                assertThat(client.read(piece.length())).isEqualTo(piece);
            }
            client.send("0\r\n\r\n");
            assertThat(client.restText()).isEqualTo("0\r\n\r\n");
            client.endSending();
            run.end().mustSucceed();
        }
    }

    @Test
    void curlTalksLineByLine() throws Exception {
        String curl = Programs.require("curl").toString();
        try (var upstream = EchoServer.doing(EchoServer::echo);
                var run = Relay.start("serve", "--duplex", upstream.url())) {
            Process process = new ProcessBuilder(List.of(curl, "-sSN", "-T", ".", url(run).toString())).start();
            try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                try (OutputStream out = process.getOutputStream()) {
                    for (int line = 0; line < 20; line++) {
                        out.write(("line " + line + "\n").getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        assertThat(in.readLine()).isEqualTo("line " + line);
                    }
                }
                assertThat(in.readLine()).isNull();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
            run.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @CsvSource({"safe, false", "all, true"})
    void fieldsCrossAsThePolicySaysAndThoseOfTheConnectionNever(String policy, boolean all) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        EchoServer.Script script = connection -> {
            heads.add(connection.readHead());
            while (connection.readChunk().length > 0) {}
            connection.write(String.join(
                    "\r\n",
                    "HTTP/1.1 201 Created",
                    "Content-Length: 2",
                    "Content-Type: text/plain",
                    "Set-Cookie: a=b",
                    "Keep-Alive: timeout=5",
                    "Connection: X-Hop",
                    "X-Hop: 1",
                    "Location: /made",
                    "",
                    "ok"));
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", "--header-policy", policy, upstream.url());
                var client = post(
                        url(run),
                        String.join(
                                "\r\n",
                                "Content-Type: text/csv",
                                "Cookie: c=d",
                                "Connection: X-Own",
                                "X-Own: 2",
                                "TE: trailers",
                                "Content-Length: 3",
                                "",
                                "a,b"))) {
            String answer = client.restText();
            assertThat(answer)
                    .startsWith("HTTP/1.1 201 ")
                    .contains("\r\nContent-Length: 2\r\n", "\r\nContent-Type: text/plain\r\n")
                    .contains("\r\nLocation: " + upstream.url() + "made\r\n")
                    .doesNotContainIgnoringCase("X-Hop", "Keep-Alive", "chunked")
                    .endsWith("\r\n\r\nok");
            assertThat(answer.contains("Set-Cookie")).isEqualTo(all);
            String head = heads.take();
            assertThat(head)
                    .startsWith("POST / HTTP/1.1\r\n")
                    .contains("\r\nContent-Type: text/csv\r\n")
                    .doesNotContainIgnoringCase("X-Own", "TE: trailers", "Content-Length", "Host: localhost\r\n");
            assertThat(head.contains("Cookie")).isEqualTo(all);
            client.endSending();
            run.end().mustSucceed();
        }
    }

    @Test
    void anUpstreamThatIsNotThereIsABadGateway() throws Exception {
        String nobody = "http://127.0.0.1:" + Ports.refusing() + "/";
        try (var run = Relay.start("serve", "--duplex", "--wait", "500ms", nobody)) {
            try (var client = post(url(run), "Content-Length: 1\r\n\r\nx")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 502 ");
            }
            run.end().mustFailWith(7);
        }
    }

    @Test
    void anUpstreamThatClosesBeforeItsHeadIsABadGateway() throws Exception {
        try (var upstream = EchoServer.doing(EchoServer.Connection::readHead);
                var run = Relay.start("serve", "--duplex", "--wait", "500ms", upstream.url())) {
            // It is still waiting to send when it is told.
            try (var client = post(url(run), LATER)) {
                assertThat(client.head()).startsWith("HTTP/1.1 502 ");
            }
            run.end().mustFailWith(52);
        }
    }

    @Test
    void anUpstreamThatIsTooLateIsAGatewayTimeout() throws Exception {
        try (var upstream = EchoServer.doing(EchoServer.Connection::ignore);
                var run = Relay.start(
                        "serve", "--duplex", "--wait", "500ms", "--first-byte-timeout", "200ms", upstream.url())) {
            try (var client = post(url(run), LATER)) {
                assertThat(client.head()).startsWith("HTTP/1.1 504 ");
            }
            run.end().mustFailWith(28);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n", "Content-Length: 100\r\n\r\npart"})
    void aResponseThatBreaksIsCut(String response) throws Exception {
        EchoServer.Script script = connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\n" + response);
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", "--wait", "500ms", upstream.url())) {
            try (var client = post(url(run), LATER)) {
                assertThat(client.restText()).doesNotEndWith("\r\n0\r\n\r\n");
                assertThat(client.wasReset()).isTrue();
            }
            assertThat(run.end().exit()).isIn(18, 56);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleIsNotTakenForWholeAndTheNextMayCome() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        EchoServer.Script script = connection -> {
            try {
                EchoServer.echo(connection);
                seen.add("whole");
            } catch (IOException | NumberFormatException e) {
                seen.add("cut");
                throw e;
            }
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", upstream.url())) {
            try (var client = post(url(run), LATER + chunk("part"))) {
                client.head();
                assertThat(client.read(9)).isEqualTo(chunk("part"));
            }
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("cut");
            run.awaitStderr("went away");
            try (var client = post(url(run), "Content-Length: 3\r\n\r\nall")) {
                assertThat(client.restText()).endsWith("\r\n\r\n3\r\nall\r\n0\r\n\r\n");
                client.endSending();
            }
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("whole");
            run.end().mustSucceed();
        }
    }

    @Test
    void aClientThatLeavesWhileTheAnswerIsComingStopsTheUpstreamAtOnce() throws Exception {
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        EchoServer.Script script = connection -> {
            connection.readHead();
            while (connection.readChunk().length > 0) {}
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            seen.add(connection.in().read());
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", upstream.url())) {
            try (var client = post(url(run), "Content-Length: 1\r\n\r\nx")) {
                client.head();
            }
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(-1);
            run.awaitStderr("went away");
        }
    }

    @Test
    void anAnswerThatIsWholeBeforeTheRequestEndsBoth() throws Exception {
        EchoServer.Script script = connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno\n");
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", "--wait", "500ms", upstream.url())) {
            try (var client = post(url(run), LATER + chunk("part"))) {
                assertThat(client.restText()).startsWith("HTTP/1.1 413 ").endsWith("\r\n\r\nno\n");
            }
            // An error is no download.
            run.end().mustFailWith(104);
        }
    }

    @Test
    void aBodyThatCannotBeReadIsRefused() throws Exception {
        EchoServer.Script script = connection -> {
            connection.readHead();
            while (connection.readChunk().length > 0) {}
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", upstream.url());
                var client = post(url(run), LATER + "no chunk\r\n")) {
            assertThat(client.restText()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void askingHowOneMightAskSpendsNothing() throws Exception {
        EchoServer.Script script = connection -> {
            String head = connection.readHead();
            while (connection.readChunk().length > 0) {}
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + (head.startsWith("HEAD") ? "" : "ok"));
        };
        try (var upstream = EchoServer.doing(script);
                var run = Relay.start("serve", "--duplex", upstream.url())) {
            URI url = url(run);
            for (String method : new String[] {"HEAD", "OPTIONS"}) {
                try (var client = RawClient.to(url.getPort()).request(method, url.getRawPath())) {
                    assertThat(client.restText()).startsWith("HTTP/1.1 200 ");
                }
            }
            try (var client = RawClient.to(url.getPort()).request("TRACE", url.getRawPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 405 ");
            }
            try (var client = RawClient.to(url.getPort()).get(url.getRawPath())) {
                assertThat(client.restText()).endsWith("ok");
            }
            run.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d x", "-X PUT", "--retry 1", "--checksum md5:00", "--compressed", "-r 0-1"})
    void whatABodyThatIsSentOnceHasNoUseForIsRefused(String option) {
        var argv = new String[] {"serve", "--duplex", option.split(" ", 2)[0], "http://127.0.0.1:1/"};
        if (option.indexOf(' ') > 0) {
            argv = new String[] {"serve", "--duplex", argv[2], option.split(" ", 2)[1], argv[3]};
        }
        Relay.run(argv).mustFailWith(2);
    }

    @Test
    void aFileTakesNothing() throws Exception {
        Files.writeString(directory.resolve("file"), "x");
        Relay.in(directory).with("serve", "--duplex", "file").mustFailWith(2);
    }

    /** Agreed on over TLS, or known beforehand in clear. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUpstreamMaySpeakHttp2(boolean secure) throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        var sending = ScriptedUpstream.answering(request -> Answer.ok("got " + request.bodyText()))
                .overHttp2();
        String option = secure ? "--http2" : "--http2-prior-knowledge";
        try (var upstream = secure ? sending.as(identity) : sending;
                var run = Relay.start("serve", "--duplex", "-v", "--cacert", authority, option, upstream.url("/a"));
                var client = post(url(run), LATER)) {
            client.send(chunk("hello") + "0\r\n\r\n");
            assertThat(client.restText()).startsWith("HTTP/1.1 200 ").contains("got hello");
            client.endSending();
            assertThat(run.end().mustSucceed().stderr()).contains("< HTTP/2 200");
            assertThat(upstream.request(0).bodyText()).isEqualTo("hello");
        }
    }
}
