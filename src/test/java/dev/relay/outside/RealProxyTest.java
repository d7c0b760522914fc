package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.EchoServer;
import dev.relay.support.Patience;
import dev.relay.support.Ports;
import dev.relay.support.Programs;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import dev.relay.support.WebSocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** relay through proxies that nobody here has written: tinyproxy and microsocks, each skipped where it is missing. */
class RealProxyTest {
    private static final Content CONTENT = Content.noise(8, 500_000);

    @TempDir
    Path directory;

    private @Nullable Process process;

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private int start(int port, List<String> command) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        process = started;
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (started.isAlive() && System.nanoTime() < end) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return port;
            } catch (IOException e) {
                started.waitFor(10, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("it does not start:\n" + Files.readString(directory.resolve("output.log")));
    }

    private int tinyproxy(String... lines) throws IOException, InterruptedException {
        String program = Programs.require("tinyproxy").toString();
        int port = Ports.refusing();
        String settings = "Port " + port + "\nListen 127.0.0.1\nTimeout 60\n" + String.join("\n", lines) + "\n";
        Path file = Files.writeString(directory.resolve("tinyproxy.conf"), settings);
        return start(port, List.of(program, "-d", "-c", file.toString()));
    }

    private int microsocks(String... options) throws IOException, InterruptedException {
        String program = Programs.require("microsocks").toString();
        int port = Ports.refusing();
        var command = new ArrayList<>(List.of(program, "-i", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(List.of(options));
        return start(port, command);
    }

    /** A body that breaks once, in clear and over TLS, comes whole. */
    private static void comesWhole(String... options) throws Exception {
        for (boolean secure : new boolean[] {false, true}) {
            var server = ScriptedUpstream.sending(CONTENT).withEtag("\"v1\"").cuttingAfter(200_000);
            try (var upstream = secure ? server.as(TlsIdentity.ofLocalhost()) : server) {
                var line = new ArrayList<>(List.of("get", "-k", "--retry-delay", "10ms"));
                line.addAll(List.of(options));
                line.add(upstream.url());
                byte[] body =
                        Relay.run(line.toArray(new String[0])).mustSucceed().stdoutBytes();
                assertThat(Arrays.equals(body, CONTENT.bytes())).isTrue();
                assertThat(upstream.request(1).header("Range")).startsWith("bytes=");
            }
        }
    }

    @Test
    void tinyproxyForwardsAndTunnels() throws Exception {
        comesWhole("-x", "127.0.0.1:" + tinyproxy());
    }

    @Test
    void tinyproxyWithALogin() throws Exception {
        int port = tinyproxy("BasicAuth kane rosebud");
        comesWhole("-x", "127.0.0.1:" + port, "-U", "kane:rosebud");
        String proxy = "http://kane:wrong@127.0.0.1:" + port;
        Relay.run("get", "--retry", "0", "-k", "-x", proxy, "https://127.0.0.1:1/")
                .mustFailWith(97);
        Relay.run("get", "--retry", "0", "-x", proxy, "http://127.0.0.1:1/").mustFailWith(22);
    }

    /** It passes on what follows a first request as it is. */
    @Test
    void tinyproxyIsNotLedToShowTheLoginToTheServer() throws Exception {
        int port = tinyproxy("BasicAuth kane rosebud");
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(302, "/there"), Answer.ok("there"))) {
            Relay.run("get", "-x", "127.0.0.1:" + port, "-U", "kane:rosebud", upstream.url())
                    .mustSucceed();
            assertThat(upstream.requests()).extracting(RecordedRequest::target).containsExactly("/", "/there");
            assertThat(upstream.requests())
                    .noneMatch(request -> request.headText().contains("Proxy-"));
        }
    }

    @Test
    void tinyproxyTunnelsAWebSocketInClearAndOverTls() throws Exception {
        int port = tinyproxy("BasicAuth kane rosebud");
        String proxy = "http://kane:rosebud@127.0.0.1:" + port;
        try (var server = EchoServer.doing(WebSocketPeer::echo);
                var secure = EchoServer.as(TlsIdentity.ofLocalhost(), WebSocketPeer::echo, "http/1.1")) {
            for (String url : List.of(server.url("ws"), secure.url("wss"))) {
                Run run = Relay.reading("through\n").with("duplex", "-k", "-x", proxy, url);
                assertThat(run.mustSucceed().stdout()).isEqualTo("through\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5", "socks5h"})
    void microsocksWithAndWithoutALogin(String scheme) throws Exception {
        comesWhole("-x", scheme + "://127.0.0.1:" + microsocks());
        stop();
        int port = microsocks("-u", "kane", "-P", "rosebud");
        comesWhole("-x", scheme + "://kane:rosebud@127.0.0.1:" + port);
        String wrong = scheme + "://kane:wrong@127.0.0.1:" + port;
        Relay.run("get", "--retry", "0", "-x", wrong, "http://127.0.0.1:1/").mustFailWith(97);
        String refused = "http://127.0.0.1:" + Ports.refusing() + "/";
        assertThat(Relay.run("get", "--retry", "0", "-x", scheme + "://kane:rosebud@127.0.0.1:" + port, refused)
                        .mustFailWith(97)
                        .stderr())
                .contains("connection refused");
    }
}
