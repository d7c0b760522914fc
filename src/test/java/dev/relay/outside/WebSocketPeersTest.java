package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.PythonWebSockets;
import dev.relay.support.Relay;
import dev.relay.support.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations with a WebSocket server that nobody here has written, which is skipped where it is missing. */
@Timeout(120)
class WebSocketPeersTest {
    private static final String LONG = "0123456789äö€😀".repeat(20_000);

    @TempDir
    Path directory;

    @Test
    void linesLongAndShortComeBack() throws Exception {
        try (var server = PythonWebSockets.start(directory)) {
            DuplexTest.mustAnswerLineByLine("duplex", server.url("ws"));
            String lines = "a\n\n" + LONG + "\n";
            var open = new SequenceInputStream(
                    new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), DuplexTest.open(""));
            try (var running = Relay.reading(open).starting("duplex", server.url("ws"))) {
                running.stdout().await(lines);
            }
        }
    }

    @Test
    void withLingerItAnswersEverything() throws Exception {
        try (var server = PythonWebSockets.start(directory)) {
            String lines = "line\n".repeat(1000);
            assertThat(Relay.reading(lines)
                            .with("duplex", "--linger", "2", server.url("ws"))
                            .mustSucceed()
                            .stdout())
                    .isEqualTo(lines);
        }
    }

    @Test
    void overTlsToo() throws Exception {
        TlsIdentity identity = TlsIdentity.ofLocalhost();
        Path chain = identity.chainFile(directory);
        Path key = identity.keyFile(directory);
        String authority = identity.authorityFile(directory).toString();
        try (var server = PythonWebSockets.start(directory, chain, key)) {
            DuplexTest.mustAnswerLineByLine("duplex", "--cacert", authority, server.url("wss"));
            Relay.reading("").with("duplex", server.url("wss")).mustFailWith(60);
        }
    }

    @Test
    void itsSubprotocolFragmentsPongsAndCodesAreUnderstood() throws Exception {
        try (var server = PythonWebSockets.start(directory)) {
            String url = server.url("ws");
            assertThat(Relay.reading("")
                            .with("duplex", "-v", "--subprotocol", "other,chat", url)
                            .mustSucceed()
                            .stderr())
                    .contains("< Sec-WebSocket-Protocol: chat");
            assertThat(Relay.reading("")
                            .with("duplex", "--linger", "1", url + "fragments")
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("one message in pieces\n");
            assertThat(Relay.reading(DuplexTest.open(""))
                            .with("duplex", url + "goodbye")
                            .mustFailWith(56)
                            .stderr())
                    .contains("closed with 4000: enough");
            // Silent but for its pongs, which are enough.
            assertThat(Relay.reading(DuplexTest.open(""))
                            .with("duplex", "--ping", "200ms", "-m", "1500ms", url)
                            .mustFailWith(28)
                            .stderr())
                    .contains("--max-time of 1.5 s passed");
        }
    }
}
