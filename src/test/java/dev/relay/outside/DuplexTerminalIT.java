package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Launched;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.Run;
import dev.relay.support.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody types to {@code relay duplex} on a terminal: lines can be edited, nothing is garbled, the terminal stays sane. */
@Timeout(120)
class DuplexTerminalIT {
    private static final String ENTER = "\r";
    private static final String UP = "\u001bOA";
    private static final String CTRL_A = "\u0001";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String OK = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Launcher launcher = Launcher.built();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    /** Starts it on a terminal of 80 columns that is looked at before and after. */
    private Launched onTerminal(String type, String arguments) throws IOException {
        String script = Programs.require("script").toString();
        Path inner = Files.writeString(
                directory.resolve("inner"),
                "trap : INT; stty rows 24 cols 80; stty -g >before; TERM=" + type + " relay duplex " + arguments
                        + "; echo \"exit=$?\"; stty -g >after\n");
        return launcher.in(directory).startShell("exec " + script + " -qec 'sh " + inner + "' /dev/null");
    }

    /** It has ended with that, and the terminal is as it was. */
    private Run mustEnd(Launched terminal, int exit) throws Exception {
        terminal.awaitStdout("exit=");
        Run run = terminal.end();
        assertThat(run.stdout()).contains("exit=" + exit + "\r\n");
        assertThat(directory.resolve("after")).hasSameTextualContentAs(directory.resolve("before"));
        return run;
    }

    private String next() throws InterruptedException {
        String next = received.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("what the server receives").isNotNull();
        return next;
    }

    /** Says that it is ready, and keeps what comes; a line that says so is answered. */
    private void keep(EchoServer.Connection connection) throws IOException {
        connection.readHead();
        connection.write(OK);
        connection.writeChunk(bytes("ready\n"));
        for (byte[] piece = connection.readChunk(); piece.length > 0; piece = connection.readChunk()) {
            String line = new String(piece, StandardCharsets.UTF_8);
            received.add(line);
            String answer = answer(line.strip());
            if (answer != null) {
                connection.writeChunk(bytes(answer));
            }
        }
        received.add("end");
        connection.writeChunk(bytes("after the end\n"));
        connection.write("0\r\n\r\n");
    }

    private static @Nullable String answer(String line) {
        return switch (line) {
            case "ask" -> "login: ";
            case "clear" -> "\u001b[2J\u0007 100% %N\n";
            default -> null;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aLineIsEditedThenSentAndRemembered() throws Exception {
        try (var server = EchoServer.doing(this::keep);
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("ready");
            terminal.type("ello" + CTRL_A + "h" + ENTER);
            assertThat(next()).isEqualTo("hello\n");
            terminal.type(UP + " wörld!!\t'\\" + ENTER);
            assertThat(next()).isEqualTo("hello wörld!!\t'\\\n");
            terminal.type(CTRL_D);
            assertThat(next()).isEqualTo("end");
            assertThat(mustEnd(terminal, 0).stdout()).contains("after the end");
        }
    }

    @Test
    void whatArrivesIsShownAboveAndNotObeyed() throws Exception {
        try (var server = EchoServer.doing(this::keep);
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("ready");
            terminal.type("clear" + ENTER + "half a line");
            assertThat(next()).isEqualTo("clear\n");
            terminal.awaitStdout("^[[2J^G 100% %N");
            terminal.type(ENTER);
            assertThat(next()).isEqualTo("half a line\n");
            terminal.type(CTRL_D);
            assertThat(mustEnd(terminal, 0).stdout()).doesNotContain("\u001b[2J", "\u0007");
        }
    }

    @Test
    void aQuestionWithoutALineBreakIsShownAndAnswered() throws Exception {
        try (var server = EchoServer.doing(this::keep);
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("ready");
            terminal.type("ask" + ENTER);
            assertThat(next()).isEqualTo("ask\n");
            terminal.awaitStdout("login: ");
            terminal.type("me" + ENTER);
            assertThat(next()).isEqualTo("me\n");
            terminal.type(CTRL_D);
            mustEnd(terminal, 0);
        }
    }

    @Test
    void whatIsPastedIsSentLineByLineToItsEnd() throws Exception {
        try (var server = EchoServer.doing(this::keep);
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("ready");
            var pasted = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                pasted.append("line ").append(i).append("x\u007f").append(ENTER);
            }
            terminal.type(pasted + CTRL_D);
            for (int i = 0; i < 40; i++) {
                assertThat(next()).isEqualTo("line " + i + "\n");
            }
            assertThat(next()).isEqualTo("end");
            mustEnd(terminal, 0);
        }
    }

    @Test
    void ctrlCEndsIt() throws Exception {
        Signals.require();
        try (var server = EchoServer.doing(this::keep);
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("ready");
            terminal.type("not sent" + CTRL_C);
            mustEnd(terminal, 130);
            assertThat(received).isEmpty();
        }
    }

    @Test
    void aSignalGivesTheTerminalBack() throws Exception {
        try (var server = EchoServer.doing(this::keep);
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("ready");
            terminal.type("not sent");
            terminal.awaitStdout("not sent");
            terminal.process()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("/java"))
                    .forEach(ProcessHandle::destroy);
            mustEnd(terminal, 143);
        }
    }

    @Test
    void theEndOfTheResponseEndsItThoughTheEditorWaitsForAKey() throws Exception {
        try (var server = EchoServer.doing(connection -> {
                    connection.readHead();
                    connection.write(OK);
                    connection.writeChunk(bytes("bye"));
                    connection.readChunk();
                    connection.write("0\r\n\r\n");
                });
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("bye");
            terminal.type("x" + ENTER);
            mustEnd(terminal, 0);
        }
    }

    @Test
    void failuresAreToldOnALineOfTheirOwn() throws Exception {
        try (var server = EchoServer.doing(connection -> {
                    connection.readHead();
                    connection.write(OK);
                    connection.writeChunk(bytes("one\ntwo"));
                    connection.readChunk();
                    connection.reset();
                });
                var terminal = onTerminal("xterm", server.url())) {
            terminal.awaitStdout("one");
            terminal.type("x" + ENTER + "half");
            assertThat(mustEnd(terminal, 56).stdout()).containsPattern("\n(\u001b[^ ]*)?relay: [^\n]*reset");
        }
        try (var server = EchoServer.doing(EchoServer.Connection::ignore);
                var terminal = onTerminal("xterm", "--max-time 4 " + server.url())) {
            assertThat(mustEnd(terminal, 28).stdout()).contains("relay: ");
        }
    }

    @Test
    void thereIsNoEditorWhereNoneIsWantedOrPossible() throws Exception {
        for (String[] how : new String[][] {{"dumb", ""}, {"", ""}, {"xterm", "--raw "}}) {
            try (var server = EchoServer.doing(this::keep);
                    var terminal = onTerminal("'" + how[0] + "'", how[1] + server.url())) {
                terminal.awaitStdout("ready");
                terminal.type("plain\n");
                assertThat(next()).isEqualTo("plain\n");
                terminal.type(CTRL_D);
                assertThat(next()).isEqualTo("end");
                assertThat(mustEnd(terminal, 0).stdout()).doesNotContain("\u001b");
            }
        }
    }
}
