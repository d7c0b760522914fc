package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.EchoServer;
import dev.relay.support.Flow;
import dev.relay.support.Gate;
import dev.relay.support.Launcher;
import dev.relay.support.Ports;
import dev.relay.support.Screen;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The progress line as it stands on a terminal, in each of its states and at each width. What differs from run to run
 * stands here as SERVER, RATE, M:SS and N; the rest is exact.
 */
class ScreensIT {
    private static final int MIB = 1 << 20;
    private static final Content WHOLE = Content.noise(1, 120 * MIB);
    private static final int HALF = 60 * MIB;

    @TempDir
    Path directory;

    @BeforeEach
    void isBuilt() {
        Launcher.built();
    }

    /** A terminal on which that has been begun. */
    private Screen running(int columns, String script) throws Exception {
        return Screen.of(columns, directory, script).run();
    }

    private static String masked(String screen) {
        return screen.replaceAll("127\\.0\\.0\\.1:\\d+", "SERVER")
                .replaceAll("(?<!,) +[\\d.]+ [KMG]?i?B/s", "  RATE")
                .replaceAll(", [\\d.]+ [KMG]?i?B/s", ", RATE")
                .replaceAll("\\d+:\\d\\d\\b", "M:SS")
                .replaceAll("\\b(for|in|silent) [\\d.]+ s\\b", "$1 N s");
    }

    /** Lets the terminal grow; at each width what stands below the command comes to be that. */
    private static void shows(Screen screen, String golden) throws Exception {
        for (String row : golden.strip().split("\n", -1)) {
            String[] columnsAndLines = row.split("\\|", 2);
            String expected = "$ r\n" + columnsAndLines[1].replace("\\n", "\n");
            screen.resize(Integer.parseInt(columnsAndLines[0].strip()));
            screen.await(row, seen -> masked(seen).equals(expected));
        }
    }

    /** Half of the body at once, then ever so little more. */
    private static ScriptedUpstream halfway(Flow flow) {
        return ScriptedUpstream.answering(flow.through(Answer.ok("").body(WHOLE), HALF));
    }

    @Test
    void aKnownLength() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(5, "relay get -o file " + upstream.url())) {
            shows(screen, """
                      5| 50%
                     20| 50%  M:SS left
                     40| 50%  RATE  M:SS left
                     80| 50% ━━━━━━━━━━━━━━━━╸────────────────   60 of 120 MiB  RATE  M:SS left
                    200| 50% ━━━━━━━━━━━━━━━━━━━━────────────────────   60 of 120 MiB  RATE  M:SS left
                    """);
        }
    }

    @Test
    void aKnownLengthInTheLocaleC() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(5, "LC_ALL=C relay get -o file " + upstream.url())) {
            shows(screen, """
                      5| 50%
                     20| 50%  M:SS left
                     40| 50%  RATE  M:SS left
                     80| 50% [==============>                ]   60 of 120 MiB  RATE  M:SS left
                    200| 50% [==================>                   ]   60 of 120 MiB  RATE  M:SS left
                    """);
        }
    }

    @Test
    void anUnknownLength() throws Exception {
        try (var flow = new Flow();
                var upstream = ScriptedUpstream.answering(
                        flow.through(Answer.ok("").body(WHOLE).chunked(), HALF));
                var screen = running(5, "relay get -o file " + upstream.url())) {
            shows(screen, """
                      5|60M
                     20| 60.0 MiB
                     40| 60.0 MiB  RATE  in M:SS
                     80| 60.0 MiB  RATE  in M:SS
                    200| 60.0 MiB  RATE  in M:SS
                    """);
        }
    }

    @Test
    void theRestAfterABreak() throws Exception {
        try (var flow = new Flow();
                var upstream = ScriptedUpstream.answering(request -> request.number() == 0
                        ? Answer.ok("").body(WHOLE).line("ETag: \"v1\"").cutAfter(HALF)
                        : flow.through(rest(request.header("Range")), 6 * MIB));
                var screen = running(200, "relay get -o file " + upstream.url())) {
            shows(
                    screen,
                    "200|relay: note: the body ended early: http://SERVER/: only 62914560 of 125829120 bytes came;"
                            + " continuing at byte 62914560 (1 of 3)\\n 55% ━━━━━━━━━━━━━━━━━━━━━━──────────────────"
                            + "   66 of 120 MiB  RATE  M:SS left");
        }
    }

    private static Answer rest(@Nullable String range) {
        String[] ends =
                Objects.requireNonNull(range).substring("bytes=".length()).split("-", -1);
        long from = Long.parseLong(ends[0]);
        long to = ends[1].isEmpty() ? WHOLE.length() - 1 : Long.parseLong(ends[1]);
        return Answer.ok("")
                .statusLine("HTTP/1.1 206 Partial Content")
                .line("ETag: \"v1\"")
                .line("Content-Range: bytes " + from + "-" + to + "/" + WHOLE.length())
                .body(WHOLE.slice(from, to + 1));
    }

    @Test
    void aPauseBeforeTheNextTry() throws Exception {
        var busy = Answer.status(503).line("Retry-After: 50");
        try (var upstream = ScriptedUpstream.answering(busy);
                var screen = running(100, "relay get -o file " + upstream.url())) {
            shows(
                    screen,
                    "100|relay: note: http://SERVER/ answered 503; trying again in N s (1 of 3)\\ntrying again in N s");
        }
    }

    @Test
    void aServerThatIsSilent() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.ok("").body(WHOLE).pauseAfter(HALF, new Gate()));
                var screen = running(5, "relay get --idle-timeout 30 -o file " + upstream.url())) {
            shows(screen, """
                      5| 50%
                     20| 50%  silent N s
                     40| 50%  silent N s
                     80| 50% ━━━━━━──────   60 of 120 MiB  upstream silent for N s, giving up at 30 s
                    200| 50% ━━━━━━━━━━━━━━━━━━━━────────────────────   60 of 120 MiB  upstream silent for N s, giving up at 30 s
                    """);
        }
    }

    @Test
    void aServerThatDoesNotAnswer() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.silence());
                var screen = running(5, "relay get -o file " + upstream.url())) {
            shows(screen, """
                      5|0B
                     20|no answer yet
                     60|waiting for the answer for N s, giving up at 5 min
                    """);
        }
    }

    @Test
    void aServerThatDoesNotConnect() throws Exception {
        try (var port = new Ports.Deaf();
                var screen = running(20, "relay get -o file http://127.0.0.1:" + port.port())) {
            shows(screen, """
                     20|connecting
                     80|connecting to 127.0.0.1 for N s, giving up at 30 s
                    """);
        }
    }

    @Test
    void aReaderThatIsSlow() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.ok("").body(WHOLE));
                var screen = running(5, "relay get " + upstream.url() + " | sleep 1000")) {
            shows(screen, """
                      5|  0%
                     20|  0%  slow reader
                     40|  0%  slow reader
                     80|  0%    0 of 120 MiB  the reader is slow: it has taken nothing for N s
                    200|  0% ────────────────────────────────────────    0 of 120 MiB  the reader is slow: it has taken nothing for N s
                    """);
        }
    }

    @Test
    void severalConnections() throws Exception {
        try (var flow = new Flow();
                var upstream =
                        ScriptedUpstream.answering(request -> flow.through(rest(request.header("Range")), 10 * MIB));
                var screen = running(100, "relay get --parallel 4 --segment-size 20M -o file " + upstream.url())) {
            shows(screen, """
                    100| 33% ━━━╌╌╌╌╌╌╌╌╌──────────────────────────   40 of 120 MiB  RATE  M:SS left  4 connections
                    """);
        }
    }

    @Test
    void bothDirections() throws Exception {
        try (var echo = EchoServer.doing(EchoServer::echo);
                var screen =
                        running(5, "{ printf 'hello world'; sleep 1000; } | relay duplex " + echo.url() + " >file")) {
            shows(screen, """
                      5|11B
                     20|11B
                     40|sent 11 B  received 11 B  in M:SS
                     80|sent 11 B  received 11 B  up  RATE, down  RATE  in M:SS
                    """);
        }
    }

    @Test
    void aBodyThatIsNotTaken() throws Exception {
        Files.write(directory.resolve("large"), new byte[20 * MIB]);
        try (var server = EchoServer.doing(connection -> {
                    connection.readHead();
                    new Gate().pass();
                });
                var screen = running(80, "relay put -o answer -H Expect: -T large " + server.url())) {
            screen.await(
                    "a line", seen -> masked(seen).matches("(?s).*%.* of 20\\.0 MiB sent  nothing taken for N s.*"));
        }
    }

    @Test
    void aTransferThatIsDoneLeavesALine() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "relay get -o file " + upstream.url())) {
            screen.await("a bar", seen -> seen.contains("50%"));
            flow.freely();
            shows(screen, "80|file: 120 MiB in N s, RATE\\n$");
        }
    }

    @Test
    void aTransferThatFailedLeavesItsErrorAlone() throws Exception {
        try (var flow = new Flow();
                var upstream = ScriptedUpstream.answering(
                        flow.through(Answer.ok("").body(WHOLE), HALF).cutAfter(HALF + MIB));
                var screen = running(120, "relay get --no-resume -o file " + upstream.url())) {
            screen.await("a bar", seen -> seen.contains("50%"));
            flow.freely();
            shows(screen, "120|relay: the body ended early: http://SERVER/: only 63963136 of 125829120 bytes came\\n$");
        }
    }

    @Test
    void whatIsOverInHalfASecondLeavesNothing() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var screen = running(80, "relay get -o file " + upstream.url())) {
            shows(screen, "80|$");
        }
    }

    @Test
    void aFileInPlaceOfTheTerminalGetsNothing() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "relay get -o file " + upstream.url() + " 2>told; echo done >done")) {
            upstream.awaitSent(HALF + 20_000);
            flow.freely();
            screen.awaitFile("done");
            assertThat(directory.resolve("told")).isEmptyFile();
            shows(screen, "80|$");
        }
    }

    @Test
    void aTerminalThatDoesNotKnowItsSizeIsTakenAtItsWord() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "stty cols 0; COLUMNS=50 relay get -o file " + upstream.url())) {
            screen.await(
                    "a line for 50 columns", seen -> masked(seen).equals("$ r\n 50%   60 of 120 MiB  RATE  M:SS left"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=dumb", "-u TERM"})
    void aTerminalThatCanDoNothingGetsALineNowAndThen(String how) throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "env " + how + " relay get -o file " + upstream.url())) {
            shows(screen, "80|50%   60 of 120 MiB  RATE  M:SS left");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM=xterm-256color, true", "TERM=nonsense, false", "NO_COLOR=1, false"})
    void coloursAreForTerminalsThatHaveThem(String how, boolean isColoured) throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "env TERM=xterm " + how + " relay get -o file " + upstream.url())) {
            screen.await("a bar", seen -> seen.contains("60 of 120"));
            assertThat(screen.colored().contains("\u001b[32m")).isEqualTo(isColoured);
        }
    }

    @Test
    void aTerminalThatBecomesNarrowerHasOneNewLine() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "relay get -o file " + upstream.url())) {
            screen.await("a bar", seen -> seen.contains("60 of 120"));
            screen.resize(40);
            // What tmux has broken in two keeps its first half.
            screen.await(
                    "a shorter line",
                    seen -> masked(seen).matches("(\\$ r\n)? 50% ━{16}╸─{16}[ 6]*\n 50%  RATE  M:SS left"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INT, relay: interrupted: http://SERVER/: by SIGINT",
        "TERM, relay: terminated: http://SERVER/: by SIGTERM",
        "KILL, "
    })
    void aSignalLeavesTheTerminalAsItWas(String signal, @Nullable String line) throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(
                        120,
                        "stty -a >before; echo $$ >pid.new; mv pid.new pid; exec relay get -o file "
                                + upstream.url())) {
            screen.await("a bar", seen -> seen.contains("60 of 120"));
            if (signal.equals("INT")) {
                screen.type("C-c");
            } else {
                String pid = screen.awaitFile("pid").strip();
                new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
            }
            if (line == null) {
                screen.await("the shell's word", seen -> seen.contains("leftKilled\n$"));
            } else {
                shows(screen, "120|" + line + "\\n$");
            }
            assertSane(screen);
        }
    }

    @Test
    void whatIsStoppedAndGoesOnPaintsItsLineAgain() throws Exception {
        try (var flow = new Flow();
                var upstream = halfway(flow);
                var screen = running(80, "stty -a >before; exec relay get -o file " + upstream.url())) {
            screen.await("a bar", seen -> seen.contains("60 of 120"));
            screen.type("C-z");
            screen.await("the shell's word", seen -> seen.contains("Stopped") && seen.endsWith("$"));
            screen.type("fg", "Enter");
            screen.await(
                    "a bar below", seen -> seen.contains("$ fg") && seen.lastIndexOf("60 of 120") > seen.indexOf("fg"));
            flow.freely();
            screen.await(
                    "its end",
                    seen -> masked(seen).endsWith("\nfile: 120 MiB in M:SS, RATE\n$")
                            || masked(seen).endsWith("\nfile: 120 MiB in N s, RATE\n$"));
            assertSane(screen);
        }
    }

    private void assertSane(Screen screen) throws Exception {
        assertThat(screen.hasCursor()).isTrue();
        screen.type("stty -a >after.new; mv after.new after", "Enter");
        assertThat(screen.awaitFile("after")).isEqualTo(screen.awaitFile("before"));
    }
}
