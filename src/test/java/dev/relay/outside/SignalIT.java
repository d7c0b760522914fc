package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Launched;
import dev.relay.support.Launcher;
import dev.relay.support.Ports;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.Signals;
import dev.relay.support.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends relay within a second, whatever it is waiting for, and leaves nothing that is wrong. */
class SignalIT {
    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    @BeforeEach
    void signalsArrive() throws IOException {
        Signals.require();
    }

    /** Sends the signal and gives the time until the end. */
    private static Duration stop(Launched launched, String signal, int exit) throws Exception {
        long sent = System.nanoTime();
        launched.signal(signal);
        assertThat(launched.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        int code = launched.process().exitValue();
        Duration took = Duration.ofNanos(System.nanoTime() - sent);
        assertThat(code).isEqualTo(exit);
        assertThat(launched.end().stderr()).doesNotContain("\tat ", "Exception");
        return took;
    }

    /** What is measured once on a busy machine says little: one of three must be in time. */
    private interface Attempt {
        Duration make() throws Exception;
    }

    private static void withinASecond(Attempt attempt) throws Exception {
        Duration best = attempt.make();
        for (int more = 0; more < 2 && best.compareTo(Duration.ofSeconds(1)) > 0; more++) {
            Duration next = attempt.make();
            best = next.compareTo(best) < 0 ? next : best;
        }
        assertThat(best).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void inTheMiddleOfABody(String signal, int exit) throws Exception {
        withinASecond(() -> {
            try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5);
                    var launched = launcher.start("get", upstream.url())) {
                assertThat(launched.read(5)).isEqualTo("hello");
                Duration took = stop(launched, signal, exit);
                upstream.awaitLeaving(0);
                return took;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void beforeTheHead(String signal, int exit) throws Exception {
        withinASecond(() -> {
            try (var upstream = ScriptedUpstream.answering(Answer.silence());
                    var launched = launcher.start("get", upstream.url())) {
                assertThat(upstream.request(0).method()).isEqualTo("GET");
                return stop(launched, signal, exit);
            }
        });
    }

    @Test
    void inTheHandshake() throws Exception {
        withinASecond(() -> {
            try (var upstream = ScriptedUpstream.mute().as(TlsIdentity.ofLocalhost());
                    var launched = launcher.start("get", upstream.url())) {
                upstream.awaitConnections(1);
                return stop(launched, "INT", 130);
            }
        });
    }

    @Test
    void whileItConnects() throws Exception {
        withinASecond(() -> {
            try (var port = new Ports.Deaf();
                    var launched = launcher.start("get", "-v", "http://127.0.0.1:" + port.port() + "/")) {
                // Nothing tells that a connection is being tried: any moment after the start is as good as another.
                launched.process().waitFor(500, TimeUnit.MILLISECONDS);
                return stop(launched, "INT", 130);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void whileItsReaderSleeps(String signal, int exit) throws Exception {
        withinASecond(() -> {
            try (var upstream = ScriptedUpstream.sending(Content.endless()).chunked();
                    var launched = launcher.start("get", upstream.url())) {
                // More than a pipe holds: relay is held up by us, and stays so.
                upstream.awaitSent(4 << 20);
                return stop(launched, signal, exit);
            }
        });
    }

    @Test
    void whileItsReaderSleepsAndSegmentsWait() throws Exception {
        withinASecond(() -> {
            try (var upstream =
                            ScriptedUpstream.sending(Content.noise(1, 1L << 40)).withEtag("\"v1\"");
                    var launched = launcher.start("get", "--parallel", "8", upstream.url())) {
                upstream.awaitSent(20 << 20);
                return stop(launched, "INT", 130);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void leavesAPartThatCanBeContinued(String signal, int exit) throws Exception {
        Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.sending("hello world")
                        .withEtag("\"v1\"")
                        .stallingAfter(5);
                var launched = launcher.in(directory).start("get", "-o", "file", upstream.url())) {
            upstream.awaitStall();
            assertThat(stop(launched, signal, exit)).isPositive();
            assertThat(Files.readString(directory.resolve("file"))).isEqualTo("old");
            Path part = directory.resolve("file.part");
            if (Files.exists(part)) {
                assertThat("hello").startsWith(Files.readString(part));
            }
        }
    }

    @Test
    void leavesNoPartThatCannotBeContinued() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5);
                var launched = launcher.in(directory).start("get", "-o", "file", upstream.url())) {
            upstream.awaitStall();
            assertThat(stop(launched, "INT", 130)).isPositive();
            try (var left = Files.list(directory)) {
                assertThat(left.toList()).isEqualTo(List.of());
            }
        }
    }
}
