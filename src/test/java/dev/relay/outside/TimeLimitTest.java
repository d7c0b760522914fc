package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Gate;
import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.security.MessageDigest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is silent for too long is a time-out; a reader that is slow never is one. */
class TimeLimitTest {
    /** More than fits into all the buffers on the way, so that a reader that waits holds the server back. */
    private static final long LARGE = 48 << 20;

    @Test
    void aConnectionThatIsNotTakenIsTwentyEight() throws Exception {
        try (var port = new Ports.Deaf()) {
            var run = Relay.run(
                    "get", "--retry", "0", "--connect-timeout", "300ms", "http://127.0.0.1:" + port.port() + "/");
            assertThat(run.mustFailWith(28).stderr()).contains("127.0.0.1:" + port.port());
        }
    }

    @Test
    void aHandshakeThatStallsIsPartOfConnecting() throws Exception {
        try (var upstream = ScriptedUpstream.mute().as(TlsIdentity.ofLocalhost())) {
            Relay.run("get", "--retry", "0", "-k", "--connect-timeout", "500ms", upstream.url())
                    .mustFailWith(28);
            upstream.awaitConnections(1);
        }
    }

    @Test
    void aSecondConnectionToTheSameServerIsLimitedToo() throws Exception {
        var elsewhere = Answer.redirect(302, "/next").line("Connection: close").closing();
        try (var upstream = ScriptedUpstream.answering(elsewhere)
                .as(TlsIdentity.ofLocalhost())
                .muteAfter(1)) {
            var run = Relay.run("get", "--retry", "0", "-k", "--connect-timeout", "1500ms", upstream.url());
            assertThat(run.mustFailWith(28).stderr()).containsPattern("no (connection|TLS handshake)");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aSessionThatIsTakenUpAgainLeavesTheServerItsTimeToAnswer() throws Exception {
        var gate = new Gate();
        var elsewhere = Answer.redirect(302, "/next").line("Connection: close").closing();
        try (var upstream = ScriptedUpstream.answering(
                                elsewhere, Answer.ok("hello").beforeHead(gate))
                        .as(TlsIdentity.ofLocalhost());
                var running = Relay.start("get", "--retry", "0", "-k", "--connect-timeout", "1s", upstream.url())) {
            upstream.request(1);
            pass(1500);
            gate.open();
            assertThat(running.end().mustSucceed().stdout()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--first-byte-timeout", "--idle-timeout", "--max-time"})
    void anAnswerThatDoesNotComeIsTwentyEight(String limit) throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.silence())) {
            Relay.run("get", "--retry", "0", limit, "500ms", upstream.url()).mustFailWith(28);
            upstream.awaitLeaving(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--first-byte-timeout", "--idle-timeout", "--max-time"})
    void aHeadThatDoesNotEndIsTwentyEight(String limit) throws Exception {
        var half = Answer.raw("HTTP/1.1 200 OK\r\nContent-").pauseAfter(20, new Gate());
        try (var upstream = ScriptedUpstream.answering(half)) {
            Relay.run("get", "--retry", "0", limit, "500ms", upstream.url()).mustFailWith(28);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--idle-timeout", "--max-time"})
    void aBodyThatStallsIsTwentyEight(String limit) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5)) {
            var run = Relay.run("get", "--retry", "0", limit, "500ms", upstream.url())
                    .mustFailWith(28);
            assertThat(run.stdout()).isEqualTo("hello");
            upstream.awaitLeaving(0);
        }
    }

    @Test
    void theFirstByteTimeoutEndsWithTheHead() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5);
                var running = Relay.start("get", "--retry", "0", "--first-byte-timeout", "500ms", upstream.url())) {
            running.stdout().await("hello");
            pass(800);
            upstream.release();
            assertThat(running.end().mustSucceed().stdout()).isEqualTo("hello world");
        }
    }

    @Test
    void theIdleLimitBeginsAgainWithEveryByte() throws Exception {
        var gates = new Gate[] {new Gate(), new Gate(), new Gate(), new Gate()};
        var answer = Answer.ok("abcde");
        for (int i = 0; i < gates.length; i++) {
            answer = answer.pauseAfter(i + 1, gates[i]);
        }
        try (var upstream = ScriptedUpstream.answering(answer);
                var running = Relay.start("get", "--retry", "0", "--idle-timeout", "1500ms", upstream.url())) {
            for (int i = 0; i < gates.length; i++) {
                running.stdout().await("abcde".substring(0, i + 1));
                pass(500);
                gates[i].open();
            }
            assertThat(running.end().mustSucceed().stdout()).isEqualTo("abcde");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--idle-timeout=500ms", "--speed-limit=1M", "--first-byte-timeout=500ms"})
    void aReaderThatSleepsBreaksNothing(String limit) throws Exception {
        var content = Content.noise(3, LARGE);
        var awake = new Gate();
        try (var upstream = ScriptedUpstream.sending(content);
                var reader = new SlowReader(1 << 20, awake);
                var running = Relay.writingTo(reader)
                        .starting("get", "--retry", "0", limit, "--speed-time=500ms", upstream.url())) {
            awake.awaitArrival();
            pass(1500);
            assertThat(upstream.sent()).as("the server is held back").isLessThan(LARGE);
            awake.open();
            running.end().mustSucceed();
            assertThat(reader.taken()).isEqualTo(LARGE);
            assertThat(reader.digest()).isEqualTo(sha256(content));
        }
    }

    @Test
    void aServerThatStallsAfterAReaderThatSleptIsStillATimeOut() throws Exception {
        var awake = new Gate();
        try (var upstream = ScriptedUpstream.sending(Content.noise(3, LARGE)).stallingAfter(LARGE - 5);
                var reader = new SlowReader(1 << 20, awake);
                var running = Relay.writingTo(reader)
                        .starting("get", "--retry", "0", "--idle-timeout", "500ms", upstream.url())) {
            awake.awaitArrival();
            pass(700);
            awake.open();
            running.end().mustFailWith(28);
            assertThat(reader.taken()).isEqualTo(LARGE - 5);
        }
    }

    @Test
    void maxTimeEndsARunWhoseReaderSleeps() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.endless()).chunked();
                var reader = new SlowReader(1 << 20, new Gate());
                var running = Relay.writingTo(reader)
                        .starting("get", "--retry", "0", "--max-time", "700ms", upstream.url())) {
            running.end().mustFailWith(28);
            upstream.awaitLeaving(0);
        }
    }

    @Test
    void maxTimeDoesNotUndoWhatIsDelivered() throws Exception {
        var awake = new Gate();
        try (var upstream = ScriptedUpstream.sending("hello");
                var reader = new SlowReader("hello".length(), awake);
                var running = Relay.writingTo(reader)
                        .starting("get", "--retry", "0", "--max-time", "2", "-w", "%{exitcode}", upstream.url())) {
            awake.awaitArrival();
            pass(2500);
            awake.open();
            running.end().mustEndSilentlyWith(0);
            assertThat(reader.taken()).isEqualTo("hello0".length());
        }
    }

    @Test
    void aServerBelowTheSpeedLimitIsTwentyEight() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5)) {
            Relay.run("get", "--retry", "0", "--speed-limit", "1000", "--speed-time", "500ms", upstream.url())
                    .mustFailWith(28);
        }
    }

    @Test
    void aServerAboveTheSpeedLimitIsFine() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(3, LARGE))) {
            var run =
                    Relay.run("get", "--retry", "0", "--speed-limit", "1000", "--speed-time", "200ms", upstream.url());
            assertThat(run.mustSucceed().stdoutBytes()).hasSize((int) LARGE);
        }
    }

    @Test
    void maxTimeCountsRedirectsToo() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(302, "/slow"), Answer.silence())) {
            Relay.run("get", "--retry", "0", "--max-time", "500ms", upstream.url())
                    .mustFailWith(28);
        }
    }

    @Test
    void overHttp2AStallIsATimeOutToo() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        try (var upstream = ScriptedUpstream.sending("hello world")
                .stallingAfter(5)
                .overHttp2()
                .as(identity)) {
            var run = Relay.run("get", "--retry", "0", "-k", "--idle-timeout", "500ms", upstream.url())
                    .mustFailWith(28);
            assertThat(run.stdout()).isEqualTo("hello");
            upstream.request(0).awaitAbandonment();
        }
    }

    /** Lets real time pass, more of it than the limit under test: the test is about that time, not about luck. */
    private static void pass(long millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    private static byte[] sha256(Content content) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        for (long at = 0; at < content.length(); at += buffer.length) {
            int count = (int) Math.min(buffer.length, content.length() - at);
            content.copy(at, buffer, count);
            digest.update(buffer, 0, count);
        }
        return digest.digest();
    }
}
