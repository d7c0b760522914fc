package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Http2Peer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both directions at once over HTTP/2: agreed on by ALPN, or known beforehand. */
@Timeout(60)
class DuplexHttp2Test {
    /** More than a window of the server's and of relay's. */
    private static final int MUCH = 6 * 1024 * 1024;

    @TempDir
    Path directory;

    private static byte[] much() {
        byte[] bytes = new byte[MUCH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    @Test
    void aBodyGoesUpAndAnotherComesDownInClear() throws Exception {
        byte[] sent = much();
        try (var upstream = ScriptedUpstream.sending(Content.noise(7, MUCH)).overHttp2()) {
            var run = Relay.reading(new ByteArrayInputStream(sent))
                    .with("duplex", "--http2-prior-knowledge", upstream.url())
                    .mustSucceed();
            byte[] expected = new byte[MUCH];
            Content.noise(7, MUCH).copy(0, expected, MUCH);
            assertThat(run.stdoutBytes()).isEqualTo(expected);
            assertThat(upstream.request(0).awaitBody(MUCH)).isEqualTo(sent);
            assertThat(upstream.request(0).method()).isEqualTo("POST");
        }
    }

    @Test
    void theEchoOfALineComesBeforeTheNextLineIsWritten() throws Exception {
        try (var peer = Http2Peer.doing(Http2Peer::echo)) {
            DuplexTest.mustAnswerLineByLine("duplex", "--http2-prior-knowledge", peer.url());
        }
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var peer = Http2Peer.as(identity, Http2Peer::echo)) {
            DuplexTest.mustAnswerLineByLine("duplex", "--cacert", authority, peer.url("https"));
        }
    }

    @Test
    void tlsAgreesOnHttp2() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello").as(identity).overHttp2()) {
            var run = Relay.reading("line\n")
                    .with("duplex", "-i", "--cacert", authority, upstream.url("https", "localhost", "/"))
                    .mustSucceed();
            assertThat(run.stdout()).startsWith("HTTP/2 200").endsWith("hello");
            assertThat(new String(upstream.request(0).awaitBody(5), StandardCharsets.UTF_8))
                    .isEqualTo("line\n");
        }
    }

    @Test
    void aStreamThatIsGivenUpIsNinetyTwo() throws Exception {
        var answer = Answer.ok("hello world").cutAfter(5, Answer.Cut.RESET_STREAM);
        try (var upstream = ScriptedUpstream.answering(answer).overHttp2()) {
            var run = Relay.reading("").with("duplex", "--http2-prior-knowledge", upstream.url());
            assertThat(run.mustFailWith(92).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aConnectionThatIsResetIsFiftySix() throws Exception {
        var answer = Answer.ok("hello world").cutAfter(5, Answer.Cut.RESET);
        try (var upstream = ScriptedUpstream.answering(answer).overHttp2()) {
            Relay.reading("")
                    .with("duplex", "--http2-prior-knowledge", upstream.url())
                    .mustFailWith(56);
        }
    }

    @Test
    void anErrorIsToldAsOne() throws Exception {
        try (var upstream =
                ScriptedUpstream.answering(Answer.status(413).body("too much")).overHttp2()) {
            Relay.reading("line\n")
                    .with("duplex", "--http2-prior-knowledge", upstream.url())
                    .mustFailWith(22);
        }
    }
}
