package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code relay duplex} as a process: pipes on both sides, signals, and servers that die. */
@Timeout(120)
class DuplexIT {
    private final Launcher launcher = Launcher.built();

    @Test
    void theEchoOfALineIsReadBeforeTheNextIsWritten() throws Exception {
        try (var server = EchoServer.doing(EchoServer::echo);
                var relay = launcher.start("duplex", server.url())) {
            for (int i = 0; i < 20; i++) {
                relay.type("line " + (10 + i) + "\n");
                assertThat(relay.read(8)).isEqualTo("line " + (10 + i) + "\n");
            }
            relay.end().mustSucceed();
        }
    }

    @Test
    void theEndOfTheResponseEndsItThoughThePipeIsOpen() throws Exception {
        try (var server = EchoServer.doing(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbye");
                    connection.ignore();
                });
                var relay = launcher.start("duplex", server.url())) {
            assertThat(relay.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(relay.process().exitValue()).isZero();
            assertThat(relay.read(3)).isEqualTo("bye");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalEndsItInTheMiddle(String signal, int exit) throws Exception {
        Signals.require();
        var left = new CountDownLatch(1);
        try (var server = EchoServer.doing(connection -> {
                    try {
                        EchoServer.echo(connection);
                    } catch (IOException e) {
                        left.countDown();
                    }
                });
                var relay = launcher.start("duplex", server.url())) {
            relay.type("one\n");
            assertThat(relay.read(4)).isEqualTo("one\n");
            relay.signal(signal);
            assertThat(relay.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(relay.process().exitValue()).isEqualTo(exit);
            assertThat(left.await(30, TimeUnit.SECONDS))
                    .as("the body must not end in order")
                    .isTrue();
            assertThat(relay.end().errorLines()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aReaderThatHasEnoughEndsItSilently() throws Exception {
        try (var server = EchoServer.doing(EchoServer::echo)) {
            var run =
                    launcher.bash("yes | relay duplex '" + server.url() + "' | head -1 >&2; echo \"${PIPESTATUS[1]}\"");
            assertThat(run.stdout()).isEqualTo("141\n");
            assertThat(run.stderr()).isEqualTo("y\n");
        }
    }

    @Test
    void aServerThatIsKilledIsNeverTakenForTheEnd(@TempDir Path directory) throws Exception {
        String python = Programs.require("python3").toString();
        Path script = Files.writeString(directory.resolve("server.py"), """
                import socket
                server = socket.create_server(("127.0.0.1", 0))
                print(server.getsockname()[1], flush=True)
                peer, _ = server.accept()
                peer.recv(65536)
                peer.sendall(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4\\r\\none\\n\\r\\n")
                while True:
                    pass
                """);
        var server = new ProcessBuilder(python, script.toString()).start();
        try (var lines = server.inputReader();
                var relay = launcher.start("duplex", "http://127.0.0.1:" + lines.readLine() + "/")) {
            assertThat(relay.read(4)).isEqualTo("one\n");
            server.destroyForcibly().waitFor();
            relay.end().mustFailWithOneOf(18, 56);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void itsExitCodeIsThatOfTheRun() throws Exception {
        try (var server = ScriptedUpstream.sending("")) {
            launcher.run("duplex", "--no-such-option", server.url()).mustFailWith(2);
        }
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
            connection.ignore();
        })) {
            launcher.run("duplex", server.url()).mustFailWith(22);
        }
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.reset();
        })) {
            launcher.run("duplex", server.url()).mustFailWith(56);
        }
    }

    /** Each of them would be paid for at every start. */
    @Test
    void nothingOfTheOtherTransportsIsLoaded() throws Exception {
        try (var server = EchoServer.doing(EchoServer::echo)) {
            var run = launcher.bash(
                    "echo hello | RELAY_JAVA_OPTS='-XX:AOTMode=off -Xlog:class+load:stderr' relay duplex '"
                            + server.url() + "'");
            assertThat(run.stdout()).as(run.toString()).isEqualTo("hello\n");
            assertThat(run.stderr()).contains("dev.relay.duplex.Http1Exchange");
            for (String other : List.of(
                    "java.net.http",
                    "jdk.internal.net.http",
                    "sun.security.ssl",
                    "org.jline",
                    "dev.relay.upstream.Client",
                    "dev.relay.transfer",
                    "dev.relay.listener",
                    "dev.relay.duplex.Http2",
                    "dev.relay.duplex.hpack",
                    "dev.relay.duplex.websocket")) {
                assertThat(run.stderr()).doesNotContain(" " + other);
            }
        }
    }

    @Test
    void nothingOfItIsLoadedForAPlainGet() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            var run = launcher.bash(
                    "RELAY_JAVA_OPTS='-XX:AOTMode=off -Xlog:class+load:stderr' relay get '" + upstream.url() + "'");
            assertThat(run.exit()).as(run.toString()).isZero();
            assertThat(run.stderr()).contains("dev.relay.upstream.Client").doesNotContain(" dev.relay.duplex");
        }
    }
}
