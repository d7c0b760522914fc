package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Launcher;
import dev.relay.support.PythonWebSockets;
import dev.relay.support.Signals;
import dev.relay.support.WebSocketPeer;
import dev.relay.support.WebSocketPeer.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** relay with a WebSocket, as a shell runs it. */
@Timeout(120)
class WebSocketIT {
    private static final int LARGE = 100_000_000;

    private final Launcher launcher = Launcher.built();
    private final BlockingQueue<Frame> closes = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    @Test
    void linesThroughAPipe() throws Exception {
        try (var server = EchoServer.doing(WebSocketPeer::echo)) {
            var run = launcher.shell("printf 'a\\nb\\n' | relay duplex '" + server.url("ws") + "'");
            assertThat(run.mustSucceed().stdout()).isEqualTo("a\nb\n");
            assertThat(run.stderr()).isEmpty();
        }
    }

    @Test
    void aSignalClosesItAndEndsRelayAsSignalsDo() throws Exception {
        Signals.require();
        try (var server = EchoServer.doing(connection -> {
                    WebSocketPeer peer = WebSocketPeer.greet(connection);
                    peer.sendText("here");
                    closes.add(peer.readClose());
                });
                var launched = launcher.start("duplex", server.url("ws"))) {
            assertThat(launched.read(5)).isEqualTo("here\n");
            launched.signal("INT");
            Frame close = closes.poll(30, TimeUnit.SECONDS);
            assertThat(close).isNotNull();
            assertThat(close.code()).isEqualTo(1001);
            assertThat(launched.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(launched.process().exitValue()).isEqualTo(130);
        }
    }

    @Test
    void aReaderThatHasEnoughEndsIt() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            while (true) {
                peer.sendText("again and again");
            }
        })) {
            // A FIFO that is open for both has no end.
            var run = launcher.in(directory)
                    .bash("mkfifo open; relay duplex '" + server.url("ws")
                            + "' <> open | head -n 2; echo ${PIPESTATUS[0]}");
            assertThat(run.stdout()).isEqualTo("again and again\nagain and again\n141\n");
        }
    }

    /** One line of that many bytes goes and comes back as one message, each way in memory that does not grow with it. */
    @Test
    void aMessageOfAHundredMegabytesPassesBothWaysInLittleMemory() throws Exception {
        try (var server = PythonWebSockets.start(directory);
                var launched = launcher.start("duplex", server.url("ws"))) {
            MessageDigest sent = MessageDigest.getInstance("SHA-256");
            byte[] block = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            Thread.ofPlatform().daemon().start(() -> send(launched.process().getOutputStream(), block));
            for (int left = LARGE; left > 0; left -= block.length) {
                sent.update(block, 0, Math.min(left, block.length));
            }
            sent.update((byte) '\n');
            MessageDigest received = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int left = LARGE + 1; left > 0; ) {
                int count = launched.process().getInputStream().read(buffer, 0, Math.min(left, buffer.length));
                assertThat(count).isPositive();
                received.update(buffer, 0, count);
                left -= count;
            }
            assertThat(HexFormat.of().formatHex(received.digest()))
                    .isEqualTo(HexFormat.of().formatHex(sent.digest()));
            assertThat(launched.peakResidentSize()).isLessThan(128L << 20);
            launched.end().mustSucceed();
        }
    }

    private static void send(OutputStream stdin, byte[] block) {
        try {
            for (int left = LARGE; left > 0; left -= block.length) {
                stdin.write(block, 0, Math.min(left, block.length));
            }
            stdin.write('\n');
            stdin.flush();
        } catch (IOException e) {
            // The digest tells what has not come.
        }
    }
}
