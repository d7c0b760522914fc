package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.TlsIdentity;
import dev.relay.support.WebSocketPeer;
import dev.relay.support.WebSocketPeer.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages over a WebSocket: a line a message and a message a line, both ways at once. */
@Timeout(60)
class WebSocketTest {
    private static final String LONG = "0123456789äö€😀".repeat(50_000);

    /** What a peer has seen, for the test to wait for. */
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

    private Frame next() throws InterruptedException {
        Frame frame = frames.poll(30, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame has come");
        }
        return frame;
    }

    /** Notes every frame, and answers the Close. */
    private EchoServer noting() throws IOException {
        return EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            Frame frame;
            do {
                frame = peer.read();
                frames.add(frame);
            } while (frame.opcode() != 8);
            peer.send(0x88, frame.payload());
        });
    }

    private static String url(EchoServer server) {
        return server.url("ws");
    }

    @Test
    void theEchoOfALineComesBeforeTheNextLineIsWritten(@TempDir Path directory) throws Exception {
        try (var server = EchoServer.doing(WebSocketPeer::echo)) {
            DuplexTest.mustAnswerLineByLine("duplex", url(server));
        }
        TlsIdentity identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var server = EchoServer.as(identity, WebSocketPeer::echo, "http/1.1")) {
            DuplexTest.mustAnswerLineByLine("duplex", "--cacert", authority, server.url("wss"));
        }
    }

    @Test
    void eachLineIsAMessageWithoutItsEndAndTheLastNeedsNone() throws Exception {
        try (var server = noting()) {
            Relay.reading("one\ntwo\r\n\r\n\nmid\rdle\nlast")
                    .with("duplex", url(server))
                    .mustSucceed();
        }
        assertThat(frames).extracting(Frame::first).containsExactly(0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x88);
        assertThat(frames.stream().limit(6))
                .extracting(Frame::text)
                .containsExactly("one", "two", "", "", "mid\rdle", "last");
        assertThat(new ArrayList<>(frames).getLast().code()).isEqualTo(1000);
    }

    @Test
    void aMessageIsNotHeldBackForTheNext() throws Exception {
        try (var server = noting();
                var running = Relay.reading(DuplexTest.open("first\nsec")).starting("duplex", url(server))) {
            assertThat(next().text()).isEqualTo("first");
            assertThat(running.told()).isEmpty();
        }
    }

    @Test
    void everyFrameIsMaskedWithAnotherKey() throws Exception {
        try (var server = noting()) {
            Relay.reading("x\n".repeat(1000)).with("duplex", url(server)).mustSucceed();
        }
        var keys = new HashSet<Integer>();
        frames.forEach(frame -> keys.add(frame.key()));
        assertThat(keys).hasSizeGreaterThan(990);
    }

    @Test
    void aLongLineGoesInFragmentsAndComesWhole() throws Exception {
        try (var server = noting()) {
            Relay.reading("short\n" + LONG + "\r\n" + LONG)
                    .with("duplex", url(server))
                    .mustSucceed();
        }
        var lines = new ArrayList<String>();
        var message = new java.io.ByteArrayOutputStream();
        for (Frame frame : frames) {
            if (frame.opcode() < 8) {
                assertThat(frame.payload().length).isLessThanOrEqualTo(128 * 1024);
                assertThat(frame.opcode()).isEqualTo(message.size() == 0 ? 1 : 0);
                message.writeBytes(frame.payload());
                if (frame.isLast()) {
                    lines.add(message.toString(StandardCharsets.UTF_8));
                    message.reset();
                }
            }
        }
        assertThat(lines.size()).isEqualTo(3);
        assertThat(lines.get(1).equals(LONG)).isTrue();
        assertThat(lines.get(2).equals(LONG)).isTrue();
    }

    @Test
    void aLineThatIsNotUtf8IsNotSentAndThoseBeforeItAre() throws Exception {
        byte[] input = "good\nb\u00e4d\nnever\n".getBytes(StandardCharsets.ISO_8859_1);
        try (var server = noting()) {
            Run run = Relay.reading(new ByteArrayInputStream(input))
                    .with("duplex", url(server))
                    .mustFailWith(26);
            assertThat(run.stderr()).contains("standard input: line 2 is not UTF-8 (--binary");
            assertThat(next().text()).isEqualTo("good");
            assertThat(next().code()).isEqualTo(1001);
        }
    }

    @Test
    void aLastLineThatEndsWithinACharacterIsNotUtf8() throws Exception {
        try (var server = noting()) {
            Relay.reading(new ByteArrayInputStream(new byte[] {'a', (byte) 0xE2, (byte) 0x82}))
                    .with("duplex", url(server))
                    .mustFailWith(26);
        }
    }

    @Test
    void aStandardInputThatCannotBeReadEndsItWithoutAnOrderlyClose() throws Exception {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no such luck");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("no such luck");
            }
        };
        try (var server = noting()) {
            Run run = Relay.reading(broken).with("duplex", url(server)).mustFailWith(26);
            assertThat(run.stderr()).contains("no such luck");
            assertThat(next().code()).isEqualTo(1001);
        }
    }

    @Test
    void aTextMessageIsALineAndABinaryOneIsWrittenAsItIs() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("grün");
            peer.sendText("");
            peer.sendText("two\nlines");
            peer.send(0x82, new byte[] {'b', 0, (byte) 0xFF});
            peer.sendText("end");
            peer.close();
        })) {
            byte[] out =
                    Relay.reading("").with("duplex", url(server)).mustSucceed().stdoutBytes();
            assertThat(out)
                    .isEqualTo("gr\u00c3\u00bcn\n\ntwo\nlines\nb\0\u00ffend\n".getBytes(StandardCharsets.ISO_8859_1));
            out = Relay.reading("")
                    .with("duplex", "--binary", url(server))
                    .mustSucceed()
                    .stdoutBytes();
            assertThat(out).isEqualTo("gr\u00c3\u00bcntwo\nlinesb\0\u00ffend".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aFragmentIsPrintedBeforeTheNextIsSent() throws Exception {
        var printed = new CountDownLatch(1);
        try (var server = EchoServer.doing(connection -> {
                    WebSocketPeer peer = WebSocketPeer.greet(connection);
                    // The euro sign is cut in two.
                    peer.sendBytes("01 03 61e282");
                    printed.await();
                    peer.sendBytes("00 01 ac 89 00 80 01 62");
                    peer.close();
                });
                var running = Relay.reading("").starting("duplex", url(server))) {
            running.stdout().await(3);
            printed.countDown();
            assertThat(running.end().mustSucceed().stdout()).isEqualTo("a€b\n");
        }
    }

    @Test
    void withBinaryEachPieceIsAMessage() throws Exception {
        byte[] bytes = {0, (byte) 0xFF, '\n', '\r'};
        try (var server = noting()) {
            Relay.reading(new ByteArrayInputStream(bytes))
                    .with("duplex", "--binary", url(server))
                    .mustSucceed();
        }
        Frame frame = next();
        assertThat(frame.first()).isEqualTo(0x82);
        assertThat(frame.payload()).isEqualTo(bytes);
        assertThat(next().code()).isEqualTo(1000);
    }

    @Test
    void theEndOfStandardInputClosesAndWhatStillComesIsPrinted() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            Frame close = peer.readClose();
            peer.sendText("after your Close");
            peer.sendText("and more");
            peer.send(0x88, close.payload());
        })) {
            Run run = Relay.reading("x").with("duplex", url(server)).mustSucceed();
            assertThat(run.stdout()).isEqualTo("after your Close\nand more\n");
        }
    }

    @Test
    void withLingerTheCloseWaitsForASilence() throws Exception {
        var waited = new AtomicLong();
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            frames.add(peer.read());
            peer.sendText("answer");
            long sent = System.nanoTime();
            frames.add(peer.close());
            waited.set(System.nanoTime() - sent);
        })) {
            Run run = Relay.reading("question")
                    .with("duplex", "--linger", "500ms", url(server))
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("answer\n");
            assertThat(next().text()).isEqualTo("question");
            assertThat(next().code()).isEqualTo(1000);
            assertThat(waited.get()).isGreaterThanOrEqualTo(500_000_000);
        }
    }

    @Test
    void withLingerForEverOnlyTheServerCloses() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            frames.add(peer.read());
            peer.sendText("the last word");
            peer.sendClose(1000, "");
            frames.add(peer.read());
        })) {
            Run run = Relay.reading("x").with("duplex", "--linger", "0", url(server));
            assertThat(run.mustSucceed().stdout()).isEqualTo("the last word\n");
            assertThat(next().text()).isEqualTo("x");
            assertThat(next().code()).isEqualTo(1000);
        }
    }

    @Test
    void theServersCloseIsAnsweredAndEndsTheRunThoughStandardInputIsOpen() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("bye");
            peer.sendClose(1000, "done");
            frames.add(peer.read());
            peer.sendText("behind the Close");
        })) {
            Run run = Relay.reading(DuplexTest.open(""))
                    .with("duplex", url(server))
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("bye\n");
            assertThat(next().code()).isEqualTo(1000);
        }
    }

    @Test
    void aServerThatNeverAnswersTheCloseIsNotWaitedForForEver() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.readClose();
            peer.sendText("what is it?");
            connection.ignore();
        })) {
            Run run = Relay.reading("").with("duplex", url(server)).mustFailWith(28);
            assertThat(run.stderr()).contains("no Close in answer to ours for 10 s");
            assertThat(run.stdout()).isEqualTo("what is it?\n");
        }
    }

    @Test
    void aReaderThatLeavesIsSilentAndTheServerIsTold() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("hello");
            peer.sendText("world");
            frames.add(peer.readClose());
        })) {
            Relay.writingTo(new LeavingReader(3))
                    .readingFrom(DuplexTest.open(""))
                    .with("duplex", url(server))
                    .mustEndSilentlyWith(141);
            assertThat(next().code()).isEqualTo(1001);
        }
    }

    @Test
    void maxTimeEndsAServerThatFloodsWithPings() throws Exception {
        byte[] pings = new byte[2 * 32 * 1024];
        for (int at = 0; at < pings.length; at += 2) {
            pings[at] = (byte) 0x89;
        }
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer.greet(connection);
            while (true) {
                connection.write(pings);
            }
        })) {
            Relay.reading(DuplexTest.open(""))
                    .with("duplex", "-m", "300ms", url(server))
                    .mustFailWith(28);
        }
    }

    @Test
    void aServerThatNeverReadsDoesNotHoldUpWhatItSends() throws Exception {
        byte[] block = new byte[64 * 1024];
        int blocks = 200;
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            for (int i = 0; i < blocks; i++) {
                // A ping that cannot be answered must not stop what follows it.
                peer.send(0x89, new byte[100]);
                peer.send(0x82, block);
            }
            peer.sendClose(1000, "");
            connection.ignore();
        })) {
            Run run = Relay.reading(DuplexTest.endless())
                    .with("duplex", "--binary", url(server))
                    .mustSucceed();
            assertThat(run.stdoutBytes()).hasSize(blocks * block.length);
        }
    }

    @Test
    void aReaderThatStopsDoesNotHoldUpWhatIsSent() throws Exception {
        var enough = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var server = EchoServer.doing(connection -> {
                    WebSocketPeer peer = WebSocketPeer.greet(connection);
                    peer.sendText("stuck");
                    long received = 0;
                    while (received < 50_000_000) {
                        received += peer.read().payload().length;
                    }
                    enough.countDown();
                    peer.sendClose(1000, "");
                });
                var running = Relay.writingTo(new StuckReader(release))
                        .readingFrom(DuplexTest.endless())
                        .starting("duplex", "--binary", url(server))) {
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            running.end().mustSucceed();
        }
    }

    @Test
    void theReportTellsBothDirections(@TempDir Path directory) throws Exception {
        Path report = directory.resolve("report.json");
        try (var server = EchoServer.doing(WebSocketPeer::echo)) {
            Run run = Relay.reading("hello\n")
                    .with("duplex", "--report", report.toString(), "-w", "%{size_upload} %{http_code}", url(server));
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello\n6 101");
        }
        assertThat(Files.readString(report))
                .contains("\"size_upload\":6", "\"size_download\":6", "\"method\":\"GET\"", "\"ws://localhost");
    }

    @Test
    void largeMessagesAreHeldToTheLimitOfTheSize() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("12345678");
            frames.add(peer.readClose());
        })) {
            Relay.reading(DuplexTest.open(""))
                    .with("duplex", "--max-filesize", "8", url(server))
                    .mustFailWith(63);
            assertThat(next().code()).isEqualTo(1009);
        }
    }

    @Test
    void aTerminalIsShownControlsAndRefusesBinaryData() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("\u001b[31mred");
            peer.close();
        })) {
            Run run = Relay.onTerminals(1)
                    .readingFrom(InputStream.nullInputStream())
                    .with("duplex", url(server));
            assertThat(run.mustSucceed().stdout()).isEqualTo("^[[31mred\n");
        }
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.send(0x82, new byte[] {'a', 0});
            peer.close();
        })) {
            Relay.onTerminals(1)
                    .readingFrom(InputStream.nullInputStream())
                    .with("duplex", url(server))
                    .mustFailWith(23);
        }
    }

    @Test
    void throughAProxyBothKindsAreTunnelled(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.ofLocalhost();
        for (String scheme : List.of("ws", "wss")) {
            try (var server = scheme.equals("ws")
                            ? EchoServer.doing(WebSocketPeer::echo)
                            : EchoServer.as(identity, WebSocketPeer::echo, "http/1.1");
                    var proxy = new dev.relay.support.ScriptedProxy().leadingTo(server.port())) {
                Run run = Relay.reading("through\n")
                        .with("duplex", "-k", "-x", "http://" + proxy.authority(), server.url(scheme));
                assertThat(run.mustSucceed().stdout()).isEqualTo("through\n");
                assertThat(proxy.heads()).hasSize(1);
                assertThat(proxy.heads().getFirst()).startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1");
            }
        }
    }

    @Test
    void aPongGetsThroughBetweenThePiecesOfAMessageThatNeverEnds() throws Exception {
        try (var server = EchoServer.doing(connection -> {
                    WebSocketPeer peer = WebSocketPeer.greet(connection);
                    frames.add(peer.read());
                    peer.send(0x89, new byte[] {'?'});
                    Frame frame = peer.read();
                    for (int i = 0; frame.opcode() == 0 && i < 5000; i++) {
                        frame = peer.read();
                    }
                    frames.add(frame);
                    frames.add(peer.read());
                    peer.sendClose(1000, "");
                    connection.ignore();
                });
                var running = Relay.reading(DuplexTest.endless()).starting("duplex", url(server))) {
            assertThat(next().first()).isEqualTo(0x01);
            Frame pong = next();
            assertThat(pong.first()).isEqualTo(0x8A);
            assertThat(pong.text()).isEqualTo("?");
            assertThat(next().first()).isZero();
            running.end().mustSucceed();
        }
    }
}
