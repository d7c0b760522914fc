package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Gate;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of events is kept up: every event once, whole, and as soon as it is whole. */
class EventsTest {
    private static final Answer END = Answer.status(204);

    private static Answer events(String text) {
        return Answer.ok(text).line("Content-Type: text/event-stream").chunked();
    }

    /** The events with these ids, each saying its own. */
    private static String ids(int... ids) {
        var text = new StringBuilder();
        for (int id : ids) {
            text.append("id: ").append(id).append("\ndata: this is ").append(id).append("\n\n");
        }
        return text.toString();
    }

    private static Run run(ScriptedUpstream upstream, String... more) {
        return Relay.run(arguments(upstream, more));
    }

    /** With short waits, so that tests of many reconnects are none of patience. */
    private static String[] arguments(ScriptedUpstream upstream, String... more) {
        var argv = new String[more.length + 4];
        System.arraycopy(more, 0, argv, 4, more.length);
        argv[0] = "get";
        argv[1] = "--events";
        argv[2] = "--retry-delay=20ms";
        argv[3] = upstream.url();
        return argv;
    }

    @Test
    void aStreamThatEndsIsAskedForFromItsLastEventOn() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1, 2)), events(ids(3)), END)) {
            var run =
                    run(upstream, "-w", "%{stderr}%{num_resumes} %{http_code}").mustSucceed();
            assertThat(run.stdout()).isEqualTo(ids(1, 2, 3));
            assertThat(run.stderr()).contains("ended; reconnecting in 0.02 s").endsWith("2 204");
            assertThat(upstream.request(0).header("Accept")).isEqualTo("text/event-stream");
            assertThat(upstream.request(0).header("Cache-Control")).isEqualTo("no-store");
            assertThat(upstream.request(0).header("Last-Event-ID")).isNull();
            assertThat(upstream.request(1).headers("Last-Event-ID")).containsExactly("2");
            assertThat(upstream.request(2).headers("Last-Event-ID")).containsExactly("3");
            assertThat(upstream.requests()).hasSize(3);
        }
    }

    /** The first answer breaks; the second goes on after the last event that came, which a reset may have swallowed. */
    private static Answer goingOn(RecordedRequest request, Answer broken) {
        String last = request.header("Last-Event-ID");
        return switch (request.number()) {
            case 0 -> broken;
            case 1 -> events("1".equals(last) ? ids(2, 3) : ids(1, 2, 3));
            default -> END;
        };
    }

    @ParameterizedTest
    @EnumSource(Answer.Cut.class)
    void halfAnEventIsNoneAndComesWhole(Answer.Cut cut) throws Exception {
        var broken = events(ids(1, 2)).cutAfter(ids(1).length() + 9, cut);
        for (Answer answer : new Answer[] {
            broken, broken.untilClose(), broken.declaring(ids(1, 2).length())
        }) {
            try (var upstream = ScriptedUpstream.answering(request -> goingOn(request, answer))) {
                assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(ids(1, 2, 3));
            }
        }
        if (cut == Answer.Cut.REFUSE_STREAM) {
            // In the middle of a body the client takes it for nothing, and the stream for silent.
            return;
        }
        try (var upstream = ScriptedUpstream.answering(request -> goingOn(request, broken))
                .overHttp2()
                .as(TlsIdentity.ofLocalhost())) {
            assertThat(run(upstream, "-k").mustSucceed().stdout()).isEqualTo(ids(1, 2, 3));
        }
    }

    @Test
    void whatAServerRepeatsIsLeftOut() throws Exception {
        var fromStart = events("retry: 5\r\n" + ids(1, 2, 3).replace("\n", "\r\n"));
        var fromLast = events(": again\n\n" + ids(3, 4));
        try (var upstream = ScriptedUpstream.answering(events(ids(1, 2)), fromStart, fromLast, END)) {
            var once = ids(1, 2) + ids(3).replace("\n", "\r\n") + ": again\n\n" + ids(4);
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(once);
        }
    }

    @Test
    void eventsThatShareAnIdAreAllDelivered() throws Exception {
        String first = "id: 7\ndata: a\n\n";
        String second = "id: 7\ndata: b\n\n";
        var broken = events(first + second).cutAfter(first.length() + 3);
        try (var upstream = ScriptedUpstream.answering(broken, events(first + second), END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(first + second);
        }
        try (var upstream = ScriptedUpstream.answering(events(first + first), events(second + second), END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(first + first + second + second);
        }
    }

    @Test
    void eventsWithoutAnIdAreDeliveredAsTheyCome() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events("data: a\n\n"), events("data: a\n\n"), END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo("data: a\n\ndata: a\n\n");
            assertThat(upstream.request(1).header("Last-Event-ID")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"id: 1, 1", "'id: 1\u0000', 7", "id:, ", "id, ", "data: x, 7", "id: a b, a b"})
    void theIdIsTheLastThatCounts(String line, String sent) throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(line + "\n\n"), END)) {
            run(upstream, "-H", "Last-Event-ID: 7").mustSucceed();
            assertThat(upstream.request(0).header("Last-Event-ID")).isEqualTo("7");
            assertThat(upstream.request(1).header("Last-Event-ID")).isEqualTo(sent);
        }
    }

    @Test
    void anIdThatCannotBeSentEndsInAFailureAndNotInAGap() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events("id: ä\n\n"))) {
            assertThat(run(upstream).mustFailWith(56).stderr()).contains("cannot be continued");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyEventIsOutBeforeTheNextIsSent(String end) throws Exception {
        String text = ": beat\n\nid: 1\ndata: a\n\ndata: b\n\n".replace("\n", end);
        int first = text.indexOf("id");
        int second = text.indexOf("data: b");
        var gates = new Gate[] {new Gate(), new Gate(), new Gate(), new Gate()};
        var answer = events(text)
                .pauseAfter(first, gates[0])
                .pauseAfter(second - 1, gates[1])
                .pauseAfter(second, gates[2])
                .pauseAfter(text.length(), gates[3]);
        try (var upstream = ScriptedUpstream.answering(answer, END);
                var running = Relay.start(arguments(upstream))) {
            running.stdout().await(text.substring(0, first));
            gates[0].open();
            // Half of CRLF CRLF, and the half of LF LF that is no end, wait; CR CR is an end, and CRLF CR is one.
            gates[1].awaitArrival();
            if (end.equals("\r\n")) {
                running.stdout().await(text.substring(0, second - 1));
            }
            gates[1].open();
            running.stdout().await(text.substring(0, second));
            gates[2].open();
            running.stdout().await(text);
            gates[3].open();
            assertThat(running.end().mustSucceed().stdout()).isEqualTo(text);
        }
    }

    @Test
    void aByteOrderMarkBeginsNoEvent() throws Exception {
        String marked = "\uFEFF" + ids(1);
        try (var upstream = ScriptedUpstream.answering(events(marked), events("\uFEFF" + ids(1, 2)), END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(ids(1, 2));
        }
    }

    @Test
    void theStreamNamesTheTimeToReconnect() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events("retry: 700\n\n"), END)) {
            long start = System.nanoTime();
            run(upstream).mustSucceed();
            assertThat(System.nanoTime() - start).isGreaterThan(700_000_000L);
        }
        try (var upstream = ScriptedUpstream.answering(events(ids(1)))) {
            var run =
                    Relay.run("get", "--events", "-m", "700ms", upstream.url()).mustFailWith(28);
            assertThat(run.stderr()).contains("reconnecting in 3 s");
            assertThat(run.stdout()).isEqualTo(ids(1));
        }
    }

    @Test
    void aServerThatIsGoneIsTriedAsOftenAsAsked() throws Exception {
        var gate = new Gate();
        var upstream = ScriptedUpstream.answering(events(ids(1, 2)).pauseAfter(ids(1).length(), gate));
        try (var running = Relay.start(arguments(upstream, "--retry=2"))) {
            running.stdout().await(ids(1));
            upstream.close();
            var run = running.end().mustFailWith(7);
            assertThat(run.stdout()).isEqualTo(ids(1));
            assertThat(run.stderr()).contains("(2 of 2)").doesNotContain("3 of");
        } finally {
            upstream.close();
        }
    }

    @Test
    void anyEventSetsTheCountOfFailuresBack() throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> switch (request.number()) {
            case 0, 3, 6 -> events(ids(request.number()));
            case 1, 4, 7 -> Answer.reset();
            case 2, 5, 8 -> events("").cutAfter(0);
            default -> END;
        })) {
            assertThat(run(upstream, "--retry=2").mustSucceed().stdout()).isEqualTo(ids(0, 3, 6));
        }
        try (var upstream =
                ScriptedUpstream.answering(events(ids(1)), events("").cutAfter(0))) {
            assertThat(run(upstream, "--retry=2").mustFailWith(18).stdout()).isEqualTo(ids(1));
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    @Test
    void streamsWithoutEventsAreNoFailures() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                request -> request.number() < 8 ? events(request.number() == 0 ? ids(1) : "retry: 0\n") : END)) {
            long start = System.nanoTime();
            assertThat(run(upstream, "--retry=0").mustSucceed().stdout()).isEqualTo(ids(1) + "retry: 0\n".repeat(7));
            // Whatever it says of reconnecting, such a server is not asked as fast as it answers.
            assertThat(System.nanoTime() - start).isGreaterThan(600_000_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({"404, 22, 2", "503, 22, 5", "304, 56, 2", "206, 56, 2"})
    void anAnswerThatIsNoStreamEndsIt(int status, int exit, int requests) throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1)), Answer.status(status))) {
            assertThat(run(upstream).mustFailWith(exit).stdout()).isEqualTo(ids(1));
            assertThat(upstream.requests()).hasSize(requests);
        }
    }

    @Test
    void anErrorThatPassesIsWaitedFor() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1)), Answer.status(503), events(ids(2)), END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(ids(1, 2));
            assertThat(upstream.request(2).header("Last-Event-ID")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/html",
                "X-Content-Type: text/event-stream",
                "Content-Type: text/event-streams"
            })
    void whatSaysItIsNoStreamOfEventsIsNotTakenForOne(String line) throws Exception {
        for (int number = 0; number < 2; number++) {
            int wrong = number;
            try (var upstream = ScriptedUpstream.answering(request ->
                    request.number() < wrong ? events(ids(1)) : Answer.ok("<p>").line(line))) {
                var run = run(upstream).mustFailWith(56);
                assertThat(run.stdout()).isEqualTo(wrong == 0 ? "" : ids(1));
                assertThat(run.stderr()).contains("instead of text/event-stream");
            }
        }
    }

    @Test
    void aTypeWithParametersIsOne() throws Exception {
        var answer = Answer.ok(ids(1)).line("Content-Type: Text/Event-Stream ;charset=utf-8");
        try (var upstream = ScriptedUpstream.answering(answer, END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEqualTo(ids(1));
        }
    }

    @Test
    void eventsInACodingAreSixtyOne() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1)).line("Content-Encoding: gzip"))) {
            assertThat(run(upstream).mustFailWith(61).stdout()).isEmpty();
        }
    }

    @Test
    void noContentIsTheEndFromTheStart() throws Exception {
        try (var upstream = ScriptedUpstream.answering(END)) {
            assertThat(run(upstream).mustSucceed().stdout()).isEmpty();
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void withoutResumingTheFirstEndIsTheEnd() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1) + "data: ha"))) {
            assertThat(run(upstream, "--no-resume").mustSucceed().stdout()).isEqualTo(ids(1));
        }
        try (var upstream = ScriptedUpstream.answering(events(ids(1, 2)).cutAfter(ids(1).length() + 3))) {
            assertThat(run(upstream, "--no-resume").mustFailWith(18).stdout()).isEqualTo(ids(1));
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void anEventWithoutAnEndIsAFault() throws Exception {
        var endless = "data: " + "x".repeat(2_000_000);
        try (var upstream = ScriptedUpstream.answering(events(ids(1) + endless))) {
            var run = run(upstream).mustFailWith(56);
            assertThat(run.stdout()).isEqualTo(ids(1));
            assertThat(run.stderr()).contains("an event of more than 1048576 bytes");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void silenceIsABreakWhenItHasALimit() throws Exception {
        var silent = events(ids(1, 2)).pauseAfter(ids(1).length() + 4, new Gate());
        try (var upstream = ScriptedUpstream.answering(silent, events(ids(2)), END)) {
            var run = run(upstream, "--idle-timeout=300ms").mustSucceed();
            assertThat(run.stdout()).isEqualTo(ids(1, 2));
            upstream.awaitLeaving(0);
        }
    }

    @Test
    void theWholeTimeIsTheWholeTime() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1)).line("X-A: b"), events("retry: 1\n\n"))) {
            assertThat(run(upstream, "-m", "800ms").mustFailWith(28).stdout()).startsWith(ids(1));
        }
    }

    @Test
    void aSilentRunSaysNothingOfReconnects() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1)), Answer.reset(), events(ids(2)), END)) {
            run(upstream, "-s").mustEndSilentlyWith(0);
        }
    }

    @Test
    void theUsersOwnFieldsAreSent() throws Exception {
        try (var upstream = ScriptedUpstream.answering(events(ids(1)), END)) {
            run(upstream, "-H", "Accept: a/b", "-H", "Cache-Control:").mustSucceed();
            assertThat(upstream.request(1).headers("Accept")).containsExactly("a/b");
            assertThat(upstream.request(1).header("Cache-Control")).isNull();
        }
    }

    @Test
    void aBodyThatIsKeptDespiteItsStatusIsAnOrdinaryOne() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("not here"))) {
            assertThat(run(upstream, "--no-fail").mustSucceed().stdout()).isEqualTo("not here");
            assertThat(run(upstream, "--fail-with-body").mustFailWith(22).stdout())
                    .isEqualTo("not here");
        }
    }
}
