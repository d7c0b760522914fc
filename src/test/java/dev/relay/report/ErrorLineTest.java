package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.Outcome;
import dev.relay.outcome.StopSignal;
import dev.relay.plan.Telling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The one line of a failure. */
class ErrorLineTest {
    private static final Fault REFUSED = Fault.of(ExitCode.NOT_CONNECTED, "http://h/", "connection refused");
    private final Told told = new Told(Path.of("."));

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(Told.DELIVERED, ""),
                Arguments.of(new Outcome.ReaderGone(), ""),
                Arguments.of(
                        new Outcome.Failed(REFUSED, null), "relay: cannot connect: http://h/: connection refused\n"),
                Arguments.of(
                        new Outcome.Failed(REFUSED.withHint("is it up?"), null),
                        "relay: cannot connect: http://h/: connection refused (is it up?)\n"),
                Arguments.of(
                        Told.failed(
                                ExitCode.RECEIVING_FAILED, "http://u:p@h/", "bad chunk \"\u001b[2J\r\nrelay: done\""),
                        "relay: receiving failed: http://h/: bad chunk \"\\x1b[2J\\r\\nrelay: done\"\n"),
                Arguments.of(
                        new Outcome.Stopped(StopSignal.INT, "http://h/"), "relay: interrupted: http://h/: by SIGINT\n"),
                Arguments.of(
                        new Outcome.Stopped(StopSignal.TERM, "http://h/"),
                        "relay: terminated: http://h/: by SIGTERM\n"),
                Arguments.of(new Outcome.Stopped(StopSignal.HUP, ""), "relay: stopped: by SIGHUP\n"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void isOneLineThatSaysWhatFailedWhereAndWhy(Outcome outcome, String line) {
        var after = told.finish(outcome, new Telling(false, true, false, false, Telling.Progress.NONE, null, null));

        assertThat(told.stderr()).isEqualTo(line);
        assertThat(told.stdout()).isEmpty();
        assertThat(after).isSameAs(outcome);
    }

    @Test
    void isPrintedInSilenceToo() {
        told.finish(
                new Outcome.Failed(REFUSED, null),
                new Telling(true, true, false, false, Telling.Progress.NONE, null, null));

        assertThat(told.stderr()).startsWith("relay: cannot connect: ");
    }

    @Test
    void isNotPrintedWhenNotWanted() {
        told.finish(
                new Outcome.Failed(REFUSED, new IOException("x")),
                new Telling(false, false, false, true, Telling.Progress.NONE, null, null));

        assertThat(told.stderr()).isEmpty();
    }

    @Test
    void hasNoStackUnlessAskedFor() {
        told.finish(
                new Outcome.Failed(REFUSED, new IOException("x")),
                new Telling(false, true, true, false, Telling.Progress.NONE, null, null));

        assertThat(told.stderr().lines()).hasSize(1);
    }

    @Test
    void hasTheStackOfItsCauseBelowItWithDebug() {
        var cause = new IOException("from http://u:p@h/ came \u001b[2J", new IllegalStateException("deeper"));
        told.finish(
                new Outcome.Failed(REFUSED, cause),
                new Telling(false, true, false, true, Telling.Progress.NONE, null, null));

        assertThat(told.stderr().lines().toList())
                .startsWith(
                        "relay: cannot connect: http://h/: connection refused",
                        "java.io.IOException: from http://h/ came \\x1b[2J")
                .anyMatch(line -> line.startsWith("    at dev.relay.report.ErrorLineTest."))
                .contains("Caused by: java.lang.IllegalStateException: deeper");
    }

    @Test
    void isPrintedForAFaultThatCameBeforeThePlan() {
        Reporter.usage(
                Fault.of(ExitCode.USAGE, "--tie\u202e", "unknown option").withHint("did you mean --tee?"),
                told.surroundings());

        assertThat(told.stderr()).isEqualTo("relay: usage: --tie\\u202e: unknown option (did you mean --tee?)\n");
    }
}
