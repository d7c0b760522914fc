package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Dialogue;
import dev.relay.support.Launcher;
import dev.relay.support.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The built launcher at the end of a pipe: what it sends, and in how much memory. */
class UploadIT {
    private static final long SIZE = 256L << 20;
    private static final long MEMORY = 96_000_000;

    private final Launcher launcher = Launcher.built();

    @Test
    void aPipeOfAnySizeIsSentInTheMemoryOfASmallOne() throws Exception {
        var sent = MessageDigest.getInstance("SHA-256");
        var arrived = MessageDigest.getInstance("SHA-256");
        var measured = new CountDownLatch(1);
        try (var server = Dialogue.of(peer -> {
                    assertThat(peer.head()).contains("Transfer-Encoding: chunked");
                    peer.say("HTTP/1.1 100 Continue\r\n\r\n");
                    peer.chunks(arrived);
                    // Without an answer it is still there to be measured.
                    assertThat(measured.await(30, TimeUnit.SECONDS)).isTrue();
                    peer.answer("200 OK", "ok");
                });
                var relay = launcher.start("put", "-T", "-", server.url("/"))) {
            var random = new SplittableRandom(7);
            byte[] block = new byte[1 << 20];
            try (var stdin = relay.process().getOutputStream()) {
                for (long left = SIZE; left > 0; left -= block.length) {
                    random.nextBytes(block);
                    sent.update(block);
                    stdin.write(block);
                }
            }
            server.awaitBody();
            assertThat(relay.peakResidentSize()).isLessThan(MEMORY);
            measured.countDown();
            assertThat(relay.end().mustSucceed().stdout()).isEqualTo("ok");
            assertThat(arrived.digest()).isEqualTo(sent.digest());
        }
    }

    @Test
    void aLineIsOnTheWireBeforeThePipeEnds() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok");
                var relay = launcher.start("put", "-H", "Expect:", "-T", ".", upstream.url())) {
            var stdin = relay.process().getOutputStream();
            stdin.write("first\n".getBytes(StandardCharsets.UTF_8));
            stdin.flush();
            assertThat(upstream.request(0).awaitBody(6)).asString().isEqualTo("first\n");
            stdin.write("second\n".getBytes(StandardCharsets.UTF_8));
            stdin.flush();
            assertThat(upstream.request(0).awaitBody(13)).asString().isEqualTo("first\nsecond\n");
            relay.end().mustSucceed();
        }
    }

    @Test
    void aRefusalEndsItThoughThePipeIsOpen() throws Exception {
        try (var server = Dialogue.of(peer -> {
                    peer.head();
                    peer.answer("403 Forbidden", "");
                });
                var relay = launcher.start("put", "-H", "Expect:", "-T", "-", server.url("/"))) {
            assertThat(relay.process().waitFor()).isEqualTo(22);
        }
    }

    @Test
    void nothingOfItIsLoadedForAPlainGet() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            var run = launcher.bash(
                    "RELAY_JAVA_OPTS='-XX:AOTMode=off -Xlog:class+load:stderr' relay get '" + upstream.url() + "'");
            assertThat(run.exit()).as(run.toString()).isZero();
            assertThat(run.stderr()).contains("dev.relay.upstream.Client");
            assertThat(run.stderr())
                    .doesNotContain(
                            "dev.relay.io.body", "dev.relay.upstream.Wire", "dev.relay.upstream.Upload", "FormParts");
        }
    }

    /** The runtime would give the descriptor to the first file that it opens, and that would be sent. */
    @Test
    void aClosedStandardInputIsNothingThatCouldBeSent() throws Exception {
        try (var upstream = ScriptedUpstream.sending("taken")) {
            var run = launcher.bash("relay put -H Expect: -T - '" + upstream.url() + "' <&-; echo $?");
            assertThat(run.stdout()).isEqualTo("26\n");
            assertThat(run.stderr())
                    .contains("cannot read the input: standard input")
                    .hasLineCount(1);
            assertThat(upstream.request(0).awaitBody(1)).isEmpty();
        }
    }
}
