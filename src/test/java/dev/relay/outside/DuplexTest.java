package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both directions at once, over HTTP/1.1: neither waits for the other, and each end is told for what it is. */
@Timeout(60)
class DuplexTest {
    /** A standard input that never ends: nothing comes after what it has. */
    static InputStream open(String text) throws IOException {
        var in = new PipedInputStream(64 * 1024);
        var out = new PipedOutputStream(in);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        KEPT.add(out);
        return in;
    }

    /** The other ends of pipes that stay open. */
    private static final List<OutputStream> KEPT = new java.util.concurrent.CopyOnWriteArrayList<>();

    /** A standard input that never ends, and never has to be waited for. */
    static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return length;
            }
        };
    }

    /** Each line is written when the echo of the one before it has been read. */
    static void mustAnswerLineByLine(String... argv) throws Exception {
        var in = new PipedInputStream();
        var out = new PipedOutputStream(in);
        KEPT.add(out);
        try (var running = Relay.reading(in).starting(argv)) {
            var expected = new StringBuilder();
            for (int line = 0; line < 50; line++) {
                String text = "line " + line + "\n";
                expected.append(text);
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                running.stdout().await(expected.toString());
            }
            out.close();
            assertThat(running.end().mustSucceed().stdout()).isEqualTo(expected.toString());
        }
    }

    @Test
    void theEchoOfALineComesBeforeTheNextLineIsWritten() throws Exception {
        try (var server = EchoServer.doing(EchoServer::echo)) {
            mustAnswerLineByLine("duplex", server.url());
        }
    }

    @Test
    void theEchoOfALineComesBeforeTheNextLineIsWrittenOverTls(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var server = EchoServer.as(identity, EchoServer::echo, "http/1.1")) {
            mustAnswerLineByLine("duplex", "--cacert", authority, server.url("https"));
        }
    }

    @Test
    void bytesArriveThoughNothingIsEverSent() throws Exception {
        try (var server = EchoServer.doing(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhey\r\n");
                    connection.ignore();
                });
                var running = Relay.reading(open("")).starting("duplex", server.url())) {
            running.stdout().await("hey");
        }
    }

    @Test
    void theRequestIsSentByPostInChunksWithoutALength() throws Exception {
        var head = new StringBuilder();
        try (var server = EchoServer.doing(connection -> {
            head.append(connection.readHead());
            connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        })) {
            Relay.reading("x")
                    .with("duplex", "-H", "X-Mine: 1", "-b", "a=b", server.url())
                    .mustSucceed();
        }
        assertThat(head.toString())
                .startsWith("POST / HTTP/1.1\r\n")
                .contains("Host: 127.0.0.1:", "X-Mine: 1\r\n", "Cookie: a=b\r\n", "Transfer-Encoding: chunked\r\n")
                .doesNotContain("Content-Length");
    }

    @Test
    void theEndOfTheResponseEndsTheRunThoughStandardInputIsOpen() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.ignore();
        })) {
            var run = Relay.reading(open("more to come")).with("duplex", server.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("ok");
        }
    }

    @Test
    void theEndOfStandardInputEndsTheBodyAndTheResponseGoesOn() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            var all = new StringBuilder();
            for (byte[] piece = connection.readChunk(); piece.length > 0; piece = connection.readChunk()) {
                all.append(new String(piece, StandardCharsets.UTF_8));
            }
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nafter the end: " + all);
        })) {
            var run = Relay.reading("all of it").with("duplex", server.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("after the end: all of it");
        }
    }

    @Test
    void anErrorStatusIsToldWhileTheBodyIsStillBeingSent() throws Exception {
        for (String status : List.of("413 Content Too Large", "401 Unauthorized")) {
            try (var server = EchoServer.doing(connection -> {
                connection.readHead();
                connection.write("HTTP/1.1 " + status + "\r\nContent-Length: 9\r\n\r\ntoo large");
                connection.ignore();
            })) {
                var run = Relay.reading(endless()).with("duplex", server.url()).mustFailWith(22);
                assertThat(run.stdout()).isEmpty();
                assertThat(run.stderr()).contains(status);
                run = Relay.reading(endless())
                        .with("duplex", "--fail-with-body", server.url())
                        .mustFailWith(22);
                assertThat(run.stdout()).isEqualTo("too large");
                Relay.reading(endless())
                        .with("duplex", "--no-fail", server.url())
                        .mustSucceed();
            }
        }
    }

    @Test
    void aServerThatAnswersAndClosesBeforeTheUploadIsHeardAll() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
        })) {
            var run = Relay.reading(endless()).with("duplex", server.url()).mustFailWith(22);
            assertThat(run.stderr()).contains("413");
        }
    }

    @Test
    void aResetIsToldAsOneWhoeverSeesIt() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
            connection.reset();
        })) {
            assertThat(Relay.reading(open(""))
                            .with("duplex", server.url())
                            .mustFailWith(56)
                            .stderr())
                    .contains("reset");
            Relay.reading(endless()).with("duplex", server.url()).mustFailWith(56);
        }
    }

    @Test
    void aResponseThatEndsEarlyIsShort() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
        })) {
            Relay.reading(open("")).with("duplex", server.url()).mustFailWith(18);
        }
    }

    @Test
    void aServerThatSaysNothingAtAllIsToldAsThat() throws Exception {
        try (var server = EchoServer.doing(connection -> connection.readHead())) {
            Relay.reading(open("")).with("duplex", server.url()).mustFailWith(52);
        }
    }

    @Test
    void aServerThatSpeaksHttp10IsRefused() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.0 200 OK\r\n\r\nold");
        })) {
            var run = Relay.reading("x").with("duplex", server.url()).mustFailWith(56);
            assertThat(run.stderr()).contains("HTTP/1.0");
            assertThat(run.stdout()).isEmpty();
        }
    }

    @Test
    void aRedirectIsNotFollowedButNamed() throws Exception {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            try (var server = EchoServer.doing(connection -> {
                connection.readHead();
                connection.write("HTTP/1.1 " + status + " Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
                connection.ignore();
            })) {
                var run = Relay.reading(open("x")).with("duplex", server.url()).mustFailWith(65);
                assertThat(run.stderr()).contains(server.url() + "there");
            }
        }
    }

    @Test
    void interimAnswersArePassedOver() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n");
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            assertThat(Relay.reading("")
                            .with("duplex", server.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("ok");
        }
    }

    @Test
    void aReaderThatStopsDoesNotStopTheUpload() throws Exception {
        var release = new CountDownLatch(1);
        var received = new java.util.concurrent.atomic.AtomicLong();
        var enough = new CountDownLatch(1);
        WritableByteChannel stuck = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new java.nio.channels.ClosedByInterruptException();
                }
                int count = bytes.remaining();
                bytes.position(bytes.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        try (var server = EchoServer.doing(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
                    for (byte[] piece = connection.readChunk();
                            received.addAndGet(piece.length) < 50_000_000;
                            piece = connection.readChunk()) {}
                    enough.countDown();
                    connection.write("0\r\n\r\n");
                });
                var running = Relay.writingTo(stuck).readingFrom(endless()).starting("duplex", server.url())) {
            assertThat(enough.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            release.countDown();
            running.end().mustSucceed();
        }
    }

    @Test
    void aServerThatNeverReadsDoesNotStopTheResponse() throws Exception {
        byte[] block = new byte[64 * 1024];
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + 200L * block.length + "\r\n\r\n");
            for (int i = 0; i < 200; i++) {
                connection.write(block);
            }
            connection.ignore();
        })) {
            var run = Relay.reading(endless()).with("duplex", server.url()).mustSucceed();
            assertThat(run.stdoutBytes()).hasSize(200 * block.length);
        }
    }

    @Test
    void aServerThatReadsAllBeforeItWritesAndOneThatWritesAllBeforeItReadsBothEnd() throws Exception {
        int size = 20_000_000;
        byte[] body = new byte[size];
        for (boolean readsFirst : new boolean[] {true, false}) {
            try (var server = EchoServer.doing(connection -> {
                connection.readHead();
                if (readsFirst) {
                    drain(connection);
                }
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                connection.write(body);
                if (!readsFirst) {
                    drain(connection);
                }
            })) {
                var run = Relay.reading(new java.io.ByteArrayInputStream(body)).with("duplex", server.url());
                assertThat(run.mustSucceed().stdoutBytes()).hasSize(size);
            }
        }
    }

    private static void drain(EchoServer.Connection connection) throws IOException {
        while (connection.readChunk().length > 0) {}
    }

    @Test
    void timeLimitsEndAServerThatNeitherReadsNorWrites() throws Exception {
        try (var server = EchoServer.doing(EchoServer.Connection::ignore)) {
            for (String limit : List.of("--max-time", "--first-byte-timeout", "--idle-timeout")) {
                var run = Relay.reading(endless())
                        .with("duplex", limit, "300ms", server.url())
                        .mustFailWith(28);
                assertThat(run.stderr()).contains("0.3 s");
            }
        }
    }

    @Test
    void theReportTellsBothDirections(@TempDir Path directory) throws Exception {
        Path report = directory.resolve("report.json");
        try (var server = EchoServer.doing(EchoServer::echo)) {
            var run = Relay.reading("hello")
                    .with("duplex", "--report", report.toString(), "-w", " %{size_upload}", server.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello 5");
        }
        assertThat(Files.readString(report))
                .contains("\"size_upload\":5", "\"size_download\":5", "\"method\":\"POST\"");
    }

    @Test
    void credentialsOfTheUrlAreSentAndNeverShown() throws Exception {
        var head = new StringBuilder();
        try (var server = EchoServer.doing(connection -> {
            head.append(connection.readHead());
            connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        })) {
            String url = "http://me:secret@127.0.0.1:" + server.port() + "/";
            var run = Relay.reading("").with("duplex", "-v", url).mustSucceed();
            assertThat(run.stderr()).doesNotContain("secret", "bWU6c2VjcmV0");
        }
        assertThat(head.toString()).contains("Authorization: Basic bWU6c2VjcmV0\r\n");
    }

    @Test
    void whatTheTransportSaysOfTheBodyIsNotToBeChosen() {
        Relay.run("duplex", "-H", "Content-Length: 3", "http://127.0.0.1:1/").mustFailWith(2);
    }

    @Test
    void aStandardInputThatCannotBeReadCutsTheBody() throws Exception {
        var ended = new CountDownLatch(1);
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (connection.readChunk().length > 0) {}
            ended.countDown();
        })) {
            var broken = new InputStream() {
                private boolean given;

                @Override
                public int read() throws IOException {
                    throw new IOException("no such luck");
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    if (given) {
                        throw new IOException("no such luck");
                    }
                    given = true;
                    return 10;
                }
            };
            var run = Relay.reading(broken).with("duplex", server.url()).mustFailWith(26);
            assertThat(run.stderr()).contains("no such luck");
            assertThat(ended.getCount()).as("the body must not end in order").isEqualTo(1);
        }
    }

    @Test
    void aServerThatRefusesTheConnectionIsToldAsByGet() throws Exception {
        int port;
        try (var upstream = ScriptedUpstream.sending("")) {
            port = upstream.port();
        }
        Relay.reading("").with("duplex", "http://127.0.0.1:" + port + "/").mustFailWith(7);
    }

    @Test
    void withDigestARequestWithoutABodyAsksHowToLogIn() throws Exception {
        var heads = new CopyOnWriteArrayList<String>();
        try (var server = EchoServer.doing(connection -> {
            String head = connection.readHead();
            heads.add(head);
            if (!head.contains("Authorization: ")) {
                assertThat(connection.readChunk()).isEmpty();
                connection.write(String.join(
                        "\r\n",
                        "HTTP/1.1 401 Unauthorized",
                        "Content-Length: 0",
                        "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"",
                        "",
                        ""));
                return;
            }
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            connection.write(connection.readChunk());
        })) {
            for (String option : List.of("--digest", "--anyauth")) {
                heads.clear();
                Run run = Relay.reading("hello").with("duplex", option, "-u", "kane:rosebud", server.url());
                assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
                assertThat(heads).hasSize(2);
                assertThat(heads.getFirst()).doesNotContain("Authorization");
                assertThat(heads.getLast())
                        .contains("Authorization: Digest username=\"kane\"", "uri=\"/\"")
                        .doesNotContain("rosebud");
            }
        }
    }

    @Test
    void aPlaceThatCannotTakeTheReportIsToldOnceAndBeforeAnythingIsSent(@TempDir Path directory) throws Exception {
        String report = directory.resolve("missing/report").toString();
        Run run = Relay.reading("")
                .with("duplex", "--report", report, "http://127.0.0.1:1/")
                .mustFailWith(23);
        assertThat(run.stderr())
                .isEqualTo("relay: cannot write the output: " + report + ": there is no such directory\n");
    }
}
