package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.relay.support.EchoServer;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.WebSocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command that the README shows is run as it stands, but for the host, which is one of this machine, and prints
 * what stands there.
 */
class ReadmeIT {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final byte[] JSON = "{\"hello\": \"world\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    /** How often each path was asked for. */
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private final List<String> ranges = new CopyOnWriteArrayList<>();

    private HttpServer upstream;
    private EchoServer messages;

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", this::answer);
        upstream.start();
        messages = EchoServer.doing(WebSocketPeer::echo);
    }

    @AfterEach
    void stop() throws IOException {
        upstream.stop(0);
        messages.close();
    }

    @Test
    void everyExampleDoesWhatItShows() throws Exception {
        Programs.require("sh");
        List<String> examples = examples();
        assertThat(examples).hasSizeGreaterThan(10);
        for (String example : examples) {
            String command = example.replace(
                            "https://example.org",
                            "http://127.0.0.1:" + upstream.getAddress().getPort())
                    .replace("wss://example.org/", messages.url("ws"));
            for (String left : List.of("copy.json", "report.json", "backup", "downloads/data.json")) {
                Files.deleteIfExists(directory.resolve(left));
            }
            // What is to be fetched must not be there, what is to be sent must.
            if (command.contains("-o data.json") || command.contains("-O ")) {
                Files.deleteIfExists(directory.resolve("data.json"));
            } else {
                Files.write(directory.resolve("data.json"), JSON);
            }
            Files.writeString(directory.resolve("token"), "opaque\n");
            assertThat(exitOf(command)).as(example).isZero();
        }
        assertThat(ranges).as("what was cut is continued").contains("bytes=" + JSON.length / 2 + "-");
        assertThat(asked).as("a stream of events is kept up").containsEntry("/events", 2);
    }

    @Test
    void theTourShowsWhatATerminalShows() throws Exception {
        Programs.require("xargs");
        Programs.require("curl");
        String here = "http://127.0.0.1:" + upstream.getAddress().getPort();
        Map<String, String> shown = shown();
        assertThat(shown).hasSizeGreaterThan(7);
        for (var step : shown.entrySet()) {
            exitOf(step.getKey().replace("https://example.org", here));
            String printed = Files.readString(directory.resolve("output")).replace(here, "https://example.org");
            // What differs from run to run stands there as a mark of omission.
            String pattern = "\\Q" + step.getValue().replace("…", "\\E.+\\Q") + "\\E";
            assertThat(printed).as(step.getKey()).matches(pattern);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"man/relay-get.1", "man/relay-post.1"})
    void theExamplesOfTheManualWork(String page) throws Exception {
        Files.createDirectories(directory.resolve("src"));
        for (String sent : List.of("beach.jpg", "report.pdf", "change.json")) {
            Files.write(directory.resolve(sent), JSON);
        }
        List<String> examples = manualExamples(page);
        assertThat(examples).hasSizeGreaterThan(5);
        for (String example : examples) {
            String here = "http://127.0.0.1:" + upstream.getAddress().getPort();
            assertThat(exitOf(example.replaceAll("(https://)?example\\.com", here)))
                    .as(example)
                    .isZero();
        }
    }

    /** The lines of a page that stand there as examples, as a shell would be given them. */
    static List<String> manualExamples(String page) throws IOException {
        String manual = Files.readString(Path.of(page));
        return Pattern.compile("\n\\.nf\n(.*)\n\\.fi")
                .matcher(manual.substring(manual.indexOf(".SH EXAMPLES")))
                .results()
                .map(found -> found.group(1)
                        .replace("\\-", "-")
                        .replace("\\(aq", "'")
                        .replace("\\(ti", "~")
                        .replace("\\e", "\\"))
                .toList();
    }

    /** What the README shows of a terminal: each command, and the lines that follow it. */
    private static Map<String, String> shown() throws IOException {
        var shown = new LinkedHashMap<String, String>();
        boolean terminal = false;
        String command = "";
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("```")) {
                terminal = line.equals("```console");
            } else if (terminal && line.startsWith("$ ")) {
                command = line.substring(2);
                shown.put(command, "");
            } else if (terminal) {
                shown.merge(command, line + "\n", String::concat);
            }
        }
        return shown;
    }

    private int exitOf(String command) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(directory.resolve("output").toFile()));
        String bin = Launcher.built().program().resolveSibling("").toString();
        builder.environment().put("PASSWORD", "secret");
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
            } else if (shell && line.contains("relay ")) {
                examples.add(line);
            }
        }
        return examples;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            int nth = asked.merge(path, 1, Integer::sum);
            switch (path) {
                case "/missing" -> send(exchange, 404, "gone".getBytes(StandardCharsets.UTF_8));
                case "/install.sh" -> send(exchange, 200, "echo installed\n".getBytes(StandardCharsets.UTF_8));
                case "/events" -> answerEvents(exchange);
                case "/echo", "/items", "/items/1" -> send(exchange, 200, sent);
                case "/backup" -> answerRange(exchange, nth == 1 ? JSON.length / 2 : JSON.length);
                default -> answerRange(exchange, JSON.length);
            }
        }
    }

    /** One event, then the end of the stream; whoever has had that event gets the end of all. */
    private static void answerEvents(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (exchange.getRequestHeaders().containsKey("Last-Event-ID")) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            send(exchange, 200, "retry: 1\nid: 1\ndata: hello\n\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The range that is asked for, or all; of that no more than so many bytes, as if the connection had broken then. */
    private void answerRange(HttpExchange exchange, int most) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"v1\"");
        String asksFor = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), "");
        ranges.add(asksFor);
        Matcher range = RANGE.matcher(asksFor);
        if (!range.matches()) {
            send(exchange, 200, JSON, most);
            return;
        }
        int first = Integer.parseInt(range.group(1));
        int end = range.group(2).isEmpty() ? JSON.length : Math.min(JSON.length, Integer.parseInt(range.group(2)) + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + JSON.length);
        send(exchange, 206, Arrays.copyOfRange(JSON, first, end));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        send(exchange, status, body, body.length);
    }

    private static void send(HttpExchange exchange, int status, byte[] body, int most) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body, 0, Math.min(most, body.length));
            // What is written of a body that is then cut short would else stay with the server.
            exchange.getResponseBody().flush();
        }
    }
}
