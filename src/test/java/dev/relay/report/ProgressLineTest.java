package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.io.Course;
import dev.relay.io.Ledger;
import dev.relay.io.Stage;
import dev.relay.io.Witness;
import dev.relay.plan.Limits;
import dev.relay.plan.Telling;
import dev.relay.report.Progress.Watched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The progress line in each of its states, as it stands on terminals of every width. */
class ProgressLineTest {
    private static final Style UNICODE = new Style(false, true, false);
    private static final Style ASCII = new Style(false, false, false);
    private static final int MIB = 1 << 20;

    private long now;
    private final Ledger ledger = new Ledger(() -> now, new Witness() {});
    private final Course course = ledger.course();
    private final Pace pace = new Pace();

    /** Lets so many seconds pass, looking ten times a second, while so many bytes come in each of them. */
    private void pass(double seconds, int bytesPerSecond) {
        for (int i = 0; i < seconds * 10; i++) {
            now += 100_000_000;
            ledger.received((int) ((i + 1L) * bytesPerSecond / 10 - (long) i * bytesPerSecond / 10));
            pace.observe(now, ledger.elapsed(), course);
        }
    }

    private void answered(long length, Field... fields) {
        ledger.asks("GET", Told.url("http://upstream.example/"));
        ledger.resolved("upstream.example", List.of(Told.address()));
        ledger.connected(Told.url("http://upstream.example/"), Told.address(), 80);
        ledger.requested("GET", Told.url("http://upstream.example/"), "HTTP/1.1", new Headers(List.of()));
        ledger.answered(new Head("HTTP/1.1", 200, new Headers(List.of(fields))));
        course.expect(0, length);
    }

    private static Limits limits(@Nullable Duration idle) {
        return new Limits(Duration.ofSeconds(30), null, idle, false, null, null, null, null);
    }

    private String line(int columns, Style style, boolean onStdout) {
        var watched = new Watched(
                ledger,
                limits(Duration.ofSeconds(30)),
                onStdout ? Taker.READER : Taker.OUTPUT,
                Telling.Progress.BAR,
                new Told(Path.of(".")).surroundings());
        var painted = new State(watched, pace, now).line().fitting(columns, style);
        assertThat(painted.width()).isEqualTo(painted.text().length()).isLessThan(Math.max(1, columns));
        return painted.text();
    }

    private String line() {
        return line(80, ASCII, true);
    }

    @Test
    void isABarWhereTheLengthIsKnown() {
        answered(120 * MIB);
        pass(5, 12 * MIB);

        assertThat(line(80, UNICODE, true))
                .isEqualTo(" 50% ━━━━━━━━━━━━━━━━╸────────────────   60 of 120 MiB  12.0 MiB/s  0:05 left");
        assertThat(line(80, ASCII, true))
                .isEqualTo(" 50% [==============>                ]   60 of 120 MiB  12.0 MiB/s  0:05 left");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "200| 50% [==================>                   ]   60 of 120 MiB  12.0 MiB/s  0:05 left",
                "60| 50% [====>      ]   60 of 120 MiB  12.0 MiB/s  0:05 left",
                "50| 50%   60 of 120 MiB  12.0 MiB/s  0:05 left",
                "40| 50%  12.0 MiB/s  0:05 left",
                "20| 50%  0:05 left",
                "10| 50%",
                "5| 50%"
            })
    void hasFewerPartsWhereThereIsLittleRoom(int columns, String line) {
        answered(120 * MIB);
        pass(5, 12 * MIB);

        assertThat(line(columns, ASCII, true)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void isNotThereWhereThereIsNoRoom(int columns) {
        answered(120 * MIB);
        pass(5, 12 * MIB);

        assertThat(line(columns, ASCII, true)).isEmpty();
    }

    @Test
    void fitsEveryWidthInEveryState() {
        for (int columns = 0; columns < 300; columns++) {
            assertThat(line(columns, ASCII, true).length()).isLessThan(Math.max(1, columns));
        }
        answered(1 << 30);
        pass(3, MIB);
        pass(7, 0);
        for (int columns = 0; columns < 300; columns++) {
            assertThat(line(columns, UNICODE, true).length()).isLessThan(Math.max(1, columns));
        }
    }

    @Test
    void isACounterWhereTheLengthIsNotKnown() {
        answered(-1);
        pass(62, MIB);

        assertThat(line()).isEqualTo(" 62.0 MiB  1.00 MiB/s  in 1:02");
        assertThat(line(30, ASCII, true)).isEqualTo(" 62.0 MiB  in 1:02");
        assertThat(line(20, ASCII, true)).isEqualTo(" 62.0 MiB");
        assertThat(line(5, ASCII, true)).isEqualTo("62M");
    }

    @Test
    void namesWhatIsWaitedForBeforeTheAnswer() {
        ledger.asks("GET", Told.url("https://upstream.example/"));
        pass(1, 0);
        assertThat(line()).isEqualTo("looking up upstream.example");

        ledger.resolved("upstream.example", List.of(Told.address()));
        pass(3.1, 0);
        assertThat(line()).isEqualTo("connecting to upstream.example for 3 s, giving up at 30 s");

        ledger.connected(Told.url("https://upstream.example/"), Told.address(), 443);
        pass(1, 0);
        assertThat(line()).isEqualTo("shaking hands with upstream.example");

        ledger.requested("GET", Told.url("https://upstream.example/"), "", new Headers(List.of()));
        pass(4.1, 0);
        assertThat(line()).isEqualTo("waiting for the answer for 4 s, giving up at 30 s");
        assertThat(line(20, ASCII, true)).isEqualTo("no answer yet");
    }

    @Test
    void saysThatUpstreamIsSilentAndWhenItIsGivenUp() {
        answered(120 * MIB);
        pass(5, 12 * MIB);
        pass(4.1, 0);

        assertThat(line()).isEqualTo(" 50% [====>     ]   60 of 120 MiB  upstream silent for 4 s, giving up at 30 s");
        assertThat(line(60, ASCII, true)).isEqualTo(" 50%  upstream silent for 4 s, giving up at 30 s");
        assertThat(line(20, ASCII, true)).isEqualTo(" 50%  silent 4 s");
    }

    @Test
    void givesUpNoStreamOfEvents() {
        answered(-1, new Field("Content-Type", "text/event-stream"));
        pass(1, 100);
        pass(130.1, 0);

        assertThat(line()).isEqualTo("    100 B  upstream silent for 2 min");
    }

    @Test
    void saysThatTheReaderIsSlowAndNotThatUpstreamIsSilent() {
        answered(120 * MIB);
        course.at(Stage.WRITING);
        pass(6, MIB);
        assertThat(line(90, ASCII, true))
                .isEqualTo("  5% [>                    ]    6 of 120 MiB  1.00 MiB/s  1:54 left  the reader is slow");

        pass(5.1, 0);
        assertThat(line(90, ASCII, true))
                .isEqualTo("  5% [              ]    6 of 120 MiB  the reader is slow: it has taken nothing for 5 s");
        assertThat(line(90, ASCII, false)).contains("the output is slow: it has taken nothing for 5 s");
    }

    @Test
    void saysNothingOfWhoIsSlowWhereAllGoesWell() {
        answered(120 * MIB);
        for (int i = 0; i < 30; i++) {
            course.at(i % 2 == 0 ? Stage.WRITING : Stage.RECEIVING);
            pass(0.1, MIB);
        }

        assertThat(line(200, ASCII, true)).doesNotContain("slow", "silent");
    }

    @Test
    void countsThePauseBeforeTheNextTryAndNamesTheWayBack() {
        answered(120 * MIB);
        pass(5, 12 * MIB);
        ledger.pausing("continuing at byte 62914560", Duration.ofSeconds(2));
        pass(0.5, 0);
        assertThat(line()).isEqualTo(" 50% [=======>        ]   60 of 120 MiB  continuing at byte 62914560 in 1.5 s");

        pass(2, 0);
        assertThat(line()).contains("looking up upstream.example");
    }

    @Test
    void showsWhatHasComeBeforeItsTurn() {
        answered(100 * MIB);
        course.divide(new Course.Division(4, () -> course.received() + 25 * MIB));
        pass(5, 10 * MIB);

        assertThat(line(100, ASCII, true))
                .startsWith(" 75% [=================>---------         ]   75 of 100 MiB ")
                .endsWith("4 connections");
        assertThat(line(100, UNICODE, true)).startsWith(" 75% ━━━━━━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌──────────");
    }

    @Test
    void countsWhatWasThereBefore() {
        answered(100 * MIB);
        course.expect(50 * MIB, 100 * MIB);
        pass(2, MIB);

        assertThat(line()).startsWith(" 52% ").contains(" 52 of 100 MiB");
    }

    @Test
    void countsWhatIsSentUntilTheAnswerComes() {
        ledger.asks("PUT", Told.url("http://upstream.example/"));
        ledger.requested("PUT", Told.url("http://upstream.example/"), "HTTP/1.1", new Headers(List.of()));
        course.expectToSend(100 * MIB);
        for (int i = 0; i < 50; i++) {
            ledger.sent(MIB);
            pass(0.1, 0);
        }
        assertThat(line()).isEqualTo(" 50% [============>             ]   50 of 100 MiB sent  10.0 MiB/s  0:05 left");

        ledger.sent(50 * MIB);
        pass(3.1, 0);
        assertThat(line()).isEqualTo("waiting for the answer for 3 s, giving up at 30 s");
    }

    @Test
    void showsBothDirectionsInOneLine() {
        answered(-1);
        course.flowBothWays();
        for (int i = 0; i < 50; i++) {
            ledger.sent(MIB / 10);
            pass(0.1, 2 * MIB);
        }

        assertThat(line()).isEqualTo("sent 5.00 MiB  received 10.0 MiB  up 1.00 MiB/s, down 2.00 MiB/s  in 0:05");
        assertThat(line(40, ASCII, true)).isEqualTo("sent 5.00 MiB  received 10.0 MiB");
    }

    @Test
    void coloursTheBarAloneAndOnlyWhereColoursAreWanted() {
        answered(120 * MIB);
        pass(5, 12 * MIB);
        var watched = new Watched(
                ledger, limits(null), Taker.READER, Telling.Progress.BAR, new Told(Path.of(".")).surroundings());
        var painted = new State(watched, pace, now).line().fitting(80, new Style(false, true, true));

        assertThat(painted.text())
                .startsWith(" 50% \u001b[32m━━━")
                .contains("╸\u001b[0m\u001b[2m─")
                .contains("─\u001b[0m ");
        assertThat(painted.text().replaceAll("\u001b\\[\\d+m", "")).hasSize(painted.width());
    }

    @Test
    void namesAClientThatIsSlowAndSaysWhenNobodyIsThere() {
        answered(100 * MIB);
        pass(2, 10 * MIB);
        course.at(Stage.WRITING);
        pass(3, 0);
        assertThat(ofClients()).contains(" 20%", "the client is slow: it has taken nothing for ");

        course.at(Stage.ALONE);
        pass(3, 0);
        assertThat(ofClients()).contains("waiting for somebody to come");
    }

    @Test
    void ofAClientSaysNothingOfAnUpstreamThatIsNotThere() {
        ledger.visited();
        course.expect(0, 100 * MIB);
        course.at(Stage.RECEIVING);
        pass(2, 10 * MIB);
        pass(4, 0);
        assertThat(ofClients()).contains("nothing has come for ").doesNotContain("upstream");
    }

    private String ofClients() {
        var watched = new Watched(
                ledger, limits(null), Taker.CLIENT, Telling.Progress.BAR, new Told(Path.of(".")).surroundings());
        return new State(watched, pace, now).line().fitting(120, ASCII).text();
    }
}
