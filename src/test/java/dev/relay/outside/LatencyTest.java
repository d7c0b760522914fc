package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Gate;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has arrived is out: the server sends the next piece only after the last was seen, so waiting for more hangs. */
class LatencyTest {
    private static final String TEXT = "one two six ten ";

    @TempDir
    Path directory;

    private final TlsIdentity identity = TlsIdentity.ofLocalhost();

    private ScriptedUpstream upstream(String way, Gate... gates) {
        var answer = Answer.ok(TEXT);
        for (int i = 0; i < gates.length; i++) {
            answer = answer.pauseAfter(4L * (i + 1), gates[i]);
        }
        return switch (way) {
            case "length" -> ScriptedUpstream.answering(answer);
            case "chunked" -> ScriptedUpstream.answering(answer.chunked());
            case "until close" -> ScriptedUpstream.answering(answer.untilClose());
            case "events" ->
                ScriptedUpstream.answering(
                        answer.chunked().line("Content-Type: text/event-stream").line("Cache-Control: no-store"));
            case "tls" -> ScriptedUpstream.answering(answer.chunked()).as(identity);
            case "http2" -> ScriptedUpstream.answering(answer).overHttp2().as(identity);
            default -> throw new IllegalArgumentException(way);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "chunked", "until close", "events", "tls", "http2"})
    void eachPieceIsOutBeforeTheNextIsSent(String way) throws Exception {
        eachPieceIsSeen(way, "-s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit-rate=1M", "--max-filesize=1K", "--idle-timeout=20", "--speed-limit=1", "-v", "-N"})
    void noOptionHoldsItBack(String option) throws Exception {
        eachPieceIsSeen("chunked", option);
    }

    @Test
    void noFileHoldsItBack() throws Exception {
        Path tee = directory.resolve("tee");
        eachPieceIsSeen("chunked", "--tee=" + tee);
        assertThat(Files.readString(tee)).isEqualTo(TEXT);
    }

    private void eachPieceIsSeen(String way, String option) throws Exception {
        var gates = new Gate[] {new Gate(), new Gate(), new Gate()};
        try (var upstream = upstream(way, gates);
                var running = Relay.start("get", "-k", option, upstream.url())) {
            for (int i = 0; i < gates.length; i++) {
                running.stdout().await(TEXT.substring(0, 4 * (i + 1)));
                gates[i].open();
            }
            assertThat(running.end().mustSucceed().stdout()).isEqualTo(TEXT);
        }
    }

    @Test
    void theHeadIsOutBeforeTheBodyComes() throws Exception {
        var gate = new Gate();
        try (var upstream = ScriptedUpstream.answering(Answer.ok("hello").pauseAfter(0, gate));
                var running = Relay.start("get", "-i", upstream.url())) {
            running.stdout().await("HTTP/1.1 200 OK\r\n");
            gate.open();
            assertThat(running.end().mustSucceed().stdout()).endsWith("\r\n\r\nhello");
        }
    }
}
