package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that the README shows is run as it stands, but for the host, which is one of this machine. */
class ReadmeIT {
    private static final byte[] JSON = "{\"hello\": \"world\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private HttpServer upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", ReadmeIT::answer);
        upstream.start();
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
    }

    @Test
    void everyExampleDoesWhatItShows() throws Exception {
        Programs.require("sh");
        List<String> examples = examples();
        assertThat(examples).hasSizeGreaterThan(10);
        for (String example : examples) {
            String command = example.replace(
                    "https://example.org",
                    "http://127.0.0.1:" + upstream.getAddress().getPort());
            for (String left : List.of("data.json", "copy.json", "report.json", "downloads/data.json")) {
                Files.deleteIfExists(directory.resolve(left));
            }
            assertThat(exitOf(command)).as(example).isZero();
        }
    }

    private int exitOf(String command) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(directory.resolve("output").toFile()));
        String bin = Launcher.built().program().resolveSibling("").toString();
        builder.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command).isTrue();
        return process.exitValue();
    }

    /** The lines of the README's shell blocks that call relay. */
    private static List<String> examples() throws IOException {
        var examples = new ArrayList<String>();
        boolean shell = false;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && line.startsWith("relay ")) {
                examples.add(line);
            }
        }
        return examples;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (path.equals("/missing")) {
                exchange.sendResponseHeaders(404, head ? -1 : 4);
                exchange.getResponseBody().write("gone".getBytes(StandardCharsets.UTF_8));
            } else if ("bytes=0-99".equals(exchange.getRequestHeaders().getFirst("Range"))) {
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/" + JSON.length);
                exchange.sendResponseHeaders(206, 100);
                exchange.getResponseBody().write(JSON, 0, 100);
            } else {
                exchange.sendResponseHeaders(200, head ? -1 : JSON.length);
                if (!head) {
                    exchange.getResponseBody().write(JSON);
                }
            }
        }
    }
}
