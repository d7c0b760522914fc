package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected to pass is tried again before the body; what is not, is not. */
class RetryTest {
    private static final Answer BUSY = Answer.status(503).body("not now");

    private static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aStatusThatMayPassIsTriedAgain(int status) throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(status).body("no"), Answer.ok("yes"))) {
            var run = Relay.run("get", "--retry-delay", "10ms", upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("yes");
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410, 501, 505})
    void aStatusThatWillNotPassIsFinal(int status) throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(status), Answer.ok("yes"))) {
            Relay.run("get", "--retry-delay", "10ms", upstream.url()).mustFailWith(22);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aResetAndAClosedConnectionAreTriedAgain() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.reset(), Answer.nothing(), Answer.ok("yes"))) {
            var run = Relay.run("get", "--retry-delay", "10ms", upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("yes");
        }
    }

    @Test
    void thereAreAsManyTriesAsWereAskedFor() throws Exception {
        try (var upstream = ScriptedUpstream.answering(BUSY)) {
            Relay.run("get", "--retry", "2", "--retry-delay", "10ms", upstream.url())
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(3);
        }
        try (var upstream = ScriptedUpstream.answering(BUSY)) {
            Relay.run("get", "--retry", "0", upstream.url()).mustFailWith(22);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void retryOnNamesWhatElseIsTriedAgain() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(501), Answer.ok("yes"))) {
            var run = Relay.run("get", "--retry-on", "501", "--retry-delay", "10ms", upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("yes");
        }
        try (var upstream = ScriptedUpstream.answering(BUSY)) {
            Relay.run("get", "--retry-on", "501", "--retry-delay", "10ms", upstream.url())
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void whatMayHaveHadAnEffectIsNotSentTwice() throws Exception {
        try (var upstream = ScriptedUpstream.answering(BUSY, Answer.ok("yes"))) {
            Relay.run("get", "-X", "POST", "--retry-delay", "10ms", upstream.url())
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(1);
        }
        try (var upstream = ScriptedUpstream.answering(Answer.reset(), Answer.ok("yes"))) {
            Relay.run("get", "-X", "POST", "--retry-delay", "10ms", upstream.url())
                    .mustFailWithOneOf(52, 56);
            assertThat(upstream.requests()).hasSize(1);
        }
        try (var upstream = ScriptedUpstream.answering(BUSY, Answer.ok("yes"))) {
            Relay.run("get", "-X", "POST", "--retry-all-errors", "--retry-delay", "10ms", upstream.url())
                    .mustSucceed();
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void theServerSaysHowLongToWaitInSeconds() throws Exception {
        try (var upstream = ScriptedUpstream.answering(BUSY.line("Retry-After: 1"), Answer.ok("yes"))) {
            Duration taken = time(() ->
                    Relay.run("get", "--retry-delay", "1m", upstream.url()).mustSucceed());
            assertThat(taken).isBetween(Duration.ofMillis(990), Duration.ofSeconds(20));
        }
    }

    @Test
    void theServerSaysHowLongToWaitByADate() throws Exception {
        String then = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3).atOffset(ZoneOffset.UTC));
        try (var upstream = ScriptedUpstream.answering(BUSY.line("Retry-After: " + then), Answer.ok("yes"))) {
            // The date has no fractions of a second.
            Duration taken = time(() ->
                    Relay.run("get", "--retry-delay", "1m", upstream.url()).mustSucceed());
            assertThat(taken).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(20));
        }
        try (var upstream =
                ScriptedUpstream.answering(BUSY.line("Retry-After: Wed, 01 Jan 2025 12:00:00 GMT"), Answer.ok("yes"))) {
            Relay.run("get", "--retry-delay", "1m", upstream.url()).mustSucceed();
        }
    }

    @Test
    void aWaitBeyondTheTimeForTriesEndsAtOnce() throws Exception {
        try (var upstream = ScriptedUpstream.answering(BUSY.line("Retry-After: 60"), Answer.ok("yes"))) {
            Duration taken = time(() ->
                    Relay.run("get", "--retry-max-time", "30", upstream.url()).mustFailWith(22));
            assertThat(taken).isLessThan(Duration.ofSeconds(15));
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void theTimeForTriesEndsOneThatHangs() throws Exception {
        try (var upstream = ScriptedUpstream.answering(BUSY, Answer.silence())) {
            Duration taken =
                    time(() -> Relay.run("get", "--retry-max-time", "1", "--retry-delay", "10ms", upstream.url())
                            .mustFailWithOneOf(22, 28));
            assertThat(taken).isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
            upstream.awaitLeaving(upstream.connections() - 1);
        }
    }

    @Test
    void aServerThatComesUpLaterIsReachedWhenARefusalIsToBeTriedAgain() throws Exception {
        int port = Ports.refusing();
        String url = "http://127.0.0.1:" + port + "/";
        try (var running = Relay.start("get", "--retry-connrefused", "--retry", "200", "--retry-delay", "50ms", url)) {
            running.awaitStderr("trying again");
            try (var upstream = ScriptedUpstream.sending("here").at(port)) {
                assertThat(upstream.url()).isEqualTo(url);
                assertThat(running.end().mustSucceed().stdout()).isEqualTo("here");
            }
        }
        Relay.run("get", "--retry-delay", "10ms", url).mustFailWith(7);
    }

    @Test
    void anErrorPageThatIsTriedAgainNeverReachesTheOutput() throws Exception {
        try (var upstream = ScriptedUpstream.answering(BUSY, Answer.ok("yes"))) {
            var run = Relay.run("get", "--no-fail", "--retry-delay", "10ms", upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("yes");
        }
    }
}
