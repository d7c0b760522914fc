package dev.relay.outside;

import static dev.relay.support.Http2Peer.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Http2Peer;
import dev.relay.support.Relay;
import dev.relay.support.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS and HTTP/2, too, one direction that stands still does not stop the other, and nothing hangs for ever. */
@Timeout(60)
class DuplexStandstillTest {
    /** Less than what relay lets a server send at once. */
    private static final int MUCH = 3 * 1024 * 1024;

    private static final String[] OK = {":status", "200"};
    private static final byte[] BLOCK = new byte[16_384];

    @TempDir
    Path directory;

    private static void sendMuch(Http2Peer.Frames frames) throws Exception {
        frames.head(OK);
        for (int i = 0; i < MUCH / BLOCK.length; i++) {
            frames.send(DATA, 0, 1, BLOCK);
        }
        frames.last("");
    }

    /** Takes so many bytes of the body, and lets more come as it does. */
    private static void readMuch(Http2Peer.Frames frames, int bytes) throws Exception {
        for (int got = 0; got < bytes; ) {
            int more = frames.await(DATA).remaining();
            got += more;
            if (more > 0) {
                frames.sendWords(WINDOW_UPDATE, 0, more);
                frames.sendWords(WINDOW_UPDATE, 1, more);
            }
        }
    }

    private static String[] known(Http2Peer peer) {
        return new String[] {"duplex", "--http2-prior-knowledge", peer.url()};
    }

    @Test
    void aServerThatNeverReadsDoesNotStopTheResponse() throws Exception {
        try (var peer = Http2Peer.doing(DuplexStandstillTest::sendMuch)) {
            var run = Relay.reading(DuplexTest.endless()).with(known(peer)).mustSucceed();
            assertThat(run.stdoutBytes()).hasSize(MUCH);
        }
        TlsIdentity identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var server = EchoServer.as(
                identity,
                connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + 100L * BLOCK.length + "\r\n\r\n");
                    for (int i = 0; i < 100; i++) {
                        connection.write(BLOCK);
                    }
                    connection.ignore();
                },
                "http/1.1")) {
            var run = Relay.reading(DuplexTest.endless())
                    .with("duplex", "--cacert", authority, server.url("https"))
                    .mustSucceed();
            assertThat(run.stdoutBytes()).hasSize(100 * BLOCK.length);
        }
    }

    @Test
    void aServerThatReadsAllBeforeItWritesAndOneThatWritesAllBeforeItReadsBothEnd() throws Exception {
        var body = new byte[MUCH];
        try (var peer = Http2Peer.doing(frames -> {
            readMuch(frames, MUCH);
            sendMuch(frames);
        })) {
            var run = Relay.reading(new ByteArrayInputStream(body)).with(known(peer));
            assertThat(run.mustSucceed().stdoutBytes()).hasSize(MUCH);
        }
        var read = new CountDownLatch(1);
        try (var peer = Http2Peer.doing(frames -> {
            frames.head(OK);
            for (int i = 0; i < MUCH / BLOCK.length; i++) {
                frames.send(DATA, 0, 1, BLOCK);
            }
            readMuch(frames, MUCH);
            read.countDown();
            frames.last("");
        })) {
            var run = Relay.reading(new ByteArrayInputStream(body)).with(known(peer));
            assertThat(run.mustSucceed().stdoutBytes()).hasSize(MUCH);
            assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aReaderThatStopsDoesNotStopTheUpload() throws Exception {
        var stuck = new StuckChannel();
        var enough = new CountDownLatch(1);
        try (var peer = Http2Peer.doing(frames -> {
                    frames.head(OK);
                    frames.data("ab");
                    readMuch(frames, 10 * MUCH);
                    enough.countDown();
                    frames.last("");
                });
                var running =
                        Relay.writingTo(stuck).readingFrom(DuplexTest.endless()).starting(known(peer))) {
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            stuck.release();
            running.end().mustSucceed();
        }
    }

    @Test
    void bytesArriveThoughNothingIsEverSent() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
                    frames.head(OK);
                    frames.data("hey");
                });
                var running = Relay.reading(DuplexTest.open("")).starting(known(peer))) {
            running.stdout().await("hey");
        }
    }

    @Test
    void timeLimitsEndAServerThatNeitherReadsNorWrites() throws Exception {
        try (var peer = Http2Peer.doing(frames -> new CountDownLatch(1).await())) {
            for (String limit : List.of("--max-time", "--first-byte-timeout", "--idle-timeout")) {
                var run = Relay.reading(DuplexTest.endless())
                        .with("duplex", "--http2-prior-knowledge", limit, "300ms", peer.url())
                        .mustFailWith(28);
                assertThat(run.stderr()).contains("0.3 s");
            }
        }
        try (var peer = Http2Peer.doing(frames -> {
            frames.head(OK);
            frames.data("hey");
            new CountDownLatch(1).await();
        })) {
            var run = Relay.reading(DuplexTest.endless())
                    .with("duplex", "--http2-prior-knowledge", "--idle-timeout", "300ms", peer.url())
                    .mustFailWith(28);
            assertThat(run.stdout()).isEqualTo("hey");
        }
    }

    @Test
    void anErrorIsToldWhileTheBodyIsStillBeingSent() throws Exception {
        for (String status : List.of("413", "401")) {
            try (var peer = Http2Peer.doing(frames -> {
                frames.await(DATA);
                frames.send(HEADERS, END_HEADERS | END_STREAM, 1, block(":status", status));
                frames.sendWords(RST_STREAM, 1, 0);
            })) {
                var run = Relay.reading(DuplexTest.endless()).with(known(peer)).mustFailWith(22);
                assertThat(run.stderr()).contains(status);
            }
        }
    }
}
