package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.WebSocketPeer;
import dev.relay.support.WebSocketPeer.Frame;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 6455 that a peer can break, the pings, and how each end of a WebSocket is told. */
@Timeout(60)
class WebSocketRulesTest {
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

    private Frame next() throws InterruptedException {
        Frame frame = frames.poll(30, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame has come");
        }
        return frame;
    }

    /** Sends these bytes, and notes the Close that comes for them. */
    private EchoServer sending(String hex) throws Exception {
        return EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendBytes(hex);
            frames.add(peer.readClose());
            connection.ignore();
        });
    }

    private static Run run(EchoServer server, String... options) throws Exception {
        var argv = new String[options.length + 2];
        argv[0] = "duplex";
        System.arraycopy(options, 0, argv, 1, options.length);
        argv[argv.length - 1] = server.url("ws");
        return Relay.reading(DuplexTest.open("")).with(argv);
    }

    @ParameterizedTest
    @CsvSource({
        "a masked frame,                 81 81 00000000 61,          1002, masked",
        "RSV1,                           c1 01 61,                   1002, reserved bit",
        "RSV2,                           a1 01 61,                   1002, reserved bit",
        "RSV3 on a ping,                 99 00,                      1002, reserved bit",
        "opcode 3,                       83 00,                      1002, unknown kind 3",
        "opcode 7,                       87 00,                      1002, unknown kind 7",
        "opcode 11,                      8b 00,                      1002, unknown kind 11",
        "opcode 15,                      8f 00,                      1002, unknown kind 15",
        "a ping of 126 bytes,            89 7e 007e,                 1002, more than 125",
        "a close of 64 bit length,       88 7f 0000000000000001,     1002, more than 125",
        "a fragmented ping,              09 00,                      1002, in fragments",
        "a fragmented close,             08 00,                      1002, in fragments",
        "a continuation of nothing,      80 01 61,                   1002, of no message",
        "a continuation after an end,    81 01 61 80 01 61,          1002, of no message",
        "text amid text,                 01 01 61 81 01 61,          1002, middle of another",
        "binary amid text,               01 01 61 82 01 61,          1002, middle of another",
        "16 bits for a short length,     81 7e 007d,                 1002, longer than it needs",
        "64 bits for a 16-bit length,    81 7f 000000000000ffff,     1002, longer than it needs",
        "the high bit of 64,             82 7f 8000000000000000,     1002, 2^63",
        "half a code,                    88 01 03,                   1002, half a code",
        "code 0,                         88 02 0000,                 1002, never sent",
        "code 999,                       88 02 03e7,                 1002, never sent",
        "code 1004,                      88 02 03ec,                 1002, never sent",
        "code 1005,                      88 02 03ed,                 1002, never sent",
        "code 1006,                      88 02 03ee,                 1002, never sent",
        "code 1015,                      88 02 03f7,                 1002, never sent",
        "code 2999,                      88 02 0bb7,                 1002, never sent",
        "code 5000,                      88 02 1388,                 1002, never sent",
        "a reason that is not UTF-8,     88 03 03e8 ff,              1007, not UTF-8",
        "a lone continuation byte,       81 01 80,                   1007, not UTF-8",
        "an overlong slash,              81 02 c0af,                 1007, not UTF-8",
        "an overlong of three,           81 03 e080af,               1007, not UTF-8",
        "an overlong of four,            81 04 f0808080,             1007, not UTF-8",
        "a surrogate,                    81 03 eda080,               1007, not UTF-8",
        "beyond Unicode,                 81 04 f4908080,             1007, not UTF-8",
        "a byte that is never used,      81 01 f5,                   1007, not UTF-8",
        "an end within a character,      81 02 e282,                 1007, within a character",
        "the same in fragments,          01 01 e2 80 01 82,          1007, within a character",
        "broken across fragments,        01 01 e2 80 01 28,          1007, not UTF-8",
    })
    void whatAServerMayNotDoIsClosedWithItsCode(String what, String hex, int code, String told) throws Exception {
        try (var server = sending(hex)) {
            Run run = run(server).mustFailWith(56);
            assertThat(run.stderr()).as(what).contains("breaks the protocol", told);
            assertThat(next().code()).as(what).isEqualTo(code);
        }
    }

    @Test
    void whatCameBeforeTheBreachIsPrinted() throws Exception {
        try (var server = sending("81 02 6f6b 81 02 6f6b c1 00")) {
            assertThat(run(server).mustFailWith(56).stdout()).isEqualTo("ok\nok\n");
        }
    }

    @Test
    void textThatIsRightIsTaken() throws Exception {
        String text = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff\ud800\udc00\udbff\udfff κόσμε";
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            peer.sendText(text);
            for (int i = 0; i < bytes.length; i++) {
                peer.send(i == 0 ? 0x01 : i == bytes.length - 1 ? 0x80 : 0x00, new byte[] {bytes[i]});
            }
            peer.sendClose(1000, "");
        })) {
            assertThat(run(server).mustSucceed().stdout()).isEqualTo(text + "\n" + text + "\n");
        }
    }

    @Test
    void aFrameThatIsAnnouncedToBeHugeIsStreamed() throws Exception {
        var printed = new CountDownLatch(1);
        try (var server = EchoServer.doing(connection -> {
                    WebSocketPeer peer = WebSocketPeer.greet(connection);
                    peer.sendBytes("82 7f 4000000000000000 6162");
                    printed.await();
                });
                var running = Relay.reading(DuplexTest.open("")).starting("duplex", server.url("ws"))) {
            running.stdout().await("ab");
            printed.countDown();
            assertThat(running.end().mustFailWith(18).stderr()).contains("in the middle of a message after 2 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "81", "81 05 61", "01 01 61", "01 01 61 80"})
    void aConnectionThatEndsWithoutACloseIsToldAsThat(String hex) throws Exception {
        try (var server =
                EchoServer.doing(connection -> WebSocketPeer.greet(connection).sendBytes(hex))) {
            Run run = run(server);
            if (hex.isEmpty()) {
                assertThat(run.mustFailWith(56).stderr()).contains("closed the connection without a Close");
            } else {
                assertThat(run.mustFailWith(18).stderr()).contains("in the middle of a message");
            }
        }
    }

    @Test
    void aResetIsToldAsOneWhoeverSeesIt() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("a");
            connection.reset();
        })) {
            assertThat(run(server).mustFailWith(56).stderr()).contains("reset");
            Relay.reading(DuplexTest.endless())
                    .with("duplex", "--binary", server.url("ws"))
                    .mustFailWith(56);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0, ''",
        "1001, 56, 1001 (going away)",
        "1002, 56, 1002 (protocol error)",
        "1003, 56, 1003 (unsupported data)",
        "1007, 56, 1007 (invalid data)",
        "1008, 56, 1008 (policy violation)",
        "1009, 56, 1009 (message too big)",
        "1010, 56, 1010 (an extension is missing)",
        "1011, 56, 1011 (internal error)",
        "1012, 56, 1012 (service restart)",
        "1013, 56, 1013 (try again later)",
        "1014, 56, 1014 (bad gateway)",
        "3000, 56, with 3000: it",
        "4999, 56, with 4999: it",
    })
    void theCodeOfACloseDecides(int code, int exit, String told) throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("first");
            peer.sendClose(code, "it is\u001b[31m so");
            frames.add(peer.read());
        })) {
            Run run = run(server);
            assertThat(run.stdout()).isEqualTo("first\n");
            if (exit == 0) {
                run.mustSucceed();
            } else {
                assertThat(run.mustFailWith(exit).stderr()).contains(told, "it is\\x1b[31m so");
            }
            assertThat(next().code()).isEqualTo(code);
        }
    }

    @Test
    void aCloseWithoutACodeIsAnOrderlyOne() throws Exception {
        try (var server = sending("81 01 61 88 00")) {
            assertThat(run(server).mustSucceed().stdout()).isEqualTo("a\n");
            assertThat(next().payload()).isEmpty();
        }
    }

    @Test
    void aCloseInTheMiddleOfAMessageMakesItShort() throws Exception {
        try (var server = sending("01 01 61 88 02 03e8")) {
            assertThat(run(server).mustFailWith(18).stderr()).contains("in the middle of a message, with 1000");
        }
    }

    @Test
    void aPingIsAnsweredWithTheSameAndAPongThatNobodyAskedForIsNot() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendBytes("8a 01 78 89 03 616263");
            frames.add(peer.read());
            peer.sendClose(1000, "");
            frames.add(peer.read());
        })) {
            run(server).mustSucceed();
            Frame pong = next();
            assertThat(pong.first()).isEqualTo(0x8A);
            assertThat(pong.text()).isEqualTo("abc");
            assertThat(next().opcode()).isEqualTo(8);
        }
    }

    @Test
    void aPingIsAnsweredInTheMiddleOfAMessageThatIsBeingSent() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            assertThat(peer.read().first()).isEqualTo(0x01);
            peer.sendBytes("89 01 70");
            Frame frame = peer.read();
            while (frame.opcode() == 0) {
                frame = peer.read();
            }
            frames.add(frame);
            peer.sendClose(1000, "");
        })) {
            // One line without an end.
            var argv = new String[] {"duplex", server.url("ws")};
            Relay.reading(new EndlessLine()).with(argv).mustSucceed();
            assertThat(next().first()).isEqualTo(0x8A);
        }
    }

    @Test
    void pingsAreSentAndAnAnswerKeepsTheConversationUp() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            for (int i = 0; i < 5; i++) {
                Frame ping = peer.read();
                frames.add(ping);
                peer.send(0x8A, ping.payload());
            }
            peer.sendClose(1000, "");
        })) {
            run(server, "--ping", "200ms").mustSucceed();
            assertThat(frames).hasSize(5).allMatch(frame -> frame.first() == 0x89 && frame.payload().length > 0);
        }
    }

    @Test
    void aServerThatAnswersNoPingIsGone() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer.greet(connection);
            connection.ignore();
        })) {
            assertThat(run(server, "--ping", "200ms").mustFailWith(28).stderr())
                    .contains("nothing came for 0.4 s, not even a pong");
        }
    }

    @Test
    void theIdleLimitHoldsWithoutPings() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer.greet(connection);
            connection.ignore();
        })) {
            run(server, "--idle-timeout", "300ms").mustFailWith(28);
        }
    }

    @ParameterizedTest
    @CsvSource({"01 01 61, 18, in the middle of a message", "81 01 61, 56, closed the connection without a Close"})
    void whatWasToBeSentBehindTheEndDoesNotHideHowItEnded(String hex, int exit, String told) throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer.greet(connection).sendBytes(hex);
            connection.finish();
            long _ = connection.in().transferTo(OutputStream.nullOutputStream());
        })) {
            Run run = Relay.reading(DuplexTest.endless()).with("duplex", "--binary", server.url("ws"));
            assertThat(run.mustFailWith(exit).stderr()).contains(told);
        }
    }
}
