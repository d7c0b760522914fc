package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.relay.support.EchoServer;
import dev.relay.support.Launched;
import dev.relay.support.Launcher;
import dev.relay.support.Ports;
import dev.relay.support.Programs;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.WebSocketPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example in the manuals of serve, listen and duplex does what is said of it, with somebody at its other end. */
class TwoSidedExamplesIT {
    private static final Pattern ADDRESS = Pattern.compile("(https?)://[^:/\\s]+(:\\d+/\\S*)");
    private static final String FEED = "true | relay duplex --linger 0 --ping 20 wss://example.com/feed";
    private static final String CONTENT = "some content\n".repeat(10_000);

    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws Exception {
        for (String name : List.of("report.pdf", "holiday.zip", "secret.txt", "answer.txt", "sound")) {
            Files.writeString(directory.resolve(name), name + "\n" + CONTENT);
        }
        Files.writeString(Files.createDirectory(directory.resolve("other")).resolve("new.txt"), "new\n");
        Files.writeString(directory.resolve("password"), "secret\n");
    }

    /** The example, what its client does, and what then holds. */
    static Stream<Arguments> listening() {
        String twice =
                "curl -skf -u me:secret $URL | cmp - secret.txt && curl -skf -u me:secret $URL | cmp - secret.txt";
        return Stream.of(
                arguments("relay serve report.pdf", "curl -sf $URL | cmp - report.pdf", "true"),
                arguments(
                        "relay serve --bind 0.0.0.0 --qr holiday.zip",
                        "curl -sf $URL | cmp - holiday.zip",
                        "grep -q ▀ told"),
                arguments("relay serve --bind 0.0.0.0 --tls --auth me:@password --count 2 secret.txt", twice, "true"),
                arguments(
                        "relay serve --wait 1h https://example.com/image.iso",
                        "test \"$(curl -sf $URL)\" = 'an image'",
                        "true"),
                arguments(
                        "tar cz . | relay serve --name tree.tar.gz -",
                        "curl -sf $URL | tar tz >names",
                        "grep report names"),
                arguments(
                        "relay listen --bind 0.0.0.0 > big.tar",
                        "curl -sf -T report.pdf $URL",
                        "cmp big.tar report.pdf"),
                arguments(
                        "cat answer.txt | relay listen --no-token --port 8080 --type text/plain",
                        "curl -sfd hello -D head $URL | cmp - answer.txt",
                        "grep -qi '^content-type: text/plain' head && grep -q hello told"),
                arguments(
                        "relay listen --wait 10m --tls --auth me:@password | tar x",
                        "tar c -C other new.txt | curl -skf -u me:secret -T - $URL",
                        "cmp new.txt other/new.txt"));
    }

    @ParameterizedTest
    @MethodSource("listening")
    void somebodyComesAndGetsOrBringsIt(String example, String client, String holds) throws Exception {
        Programs.require("curl");
        Programs.require("tar");
        Launcher relay = Launcher.built().in(directory);
        try (var upstream = ScriptedUpstream.sending("an image")) {
            String line = example.replace("https://example.com/", upstream.url())
                    .replace("--port 8080", "--port " + Ports.refusing());
            // All that it tells goes one way, so that its address is found wherever it is told.
            try (Launched running = relay.startShell("{ " + line + "; } >&2 </dev/null")) {
                running.awaitStderr("http");
                var address = ADDRESS.matcher(running.told());
                assertThat(address.find()).as(running.told()).isTrue();
                String url = address.group(1) + "://127.0.0.1" + address.group(2);
                relay.shell("URL='" + url + "'; " + client).mustSucceed();
                Files.writeString(
                        directory.resolve("told"), running.end().mustSucceed().stderr());
            }
        }
        relay.shell(holds).mustSucceed();
    }

    static Stream<Arguments> conversing() {
        return Stream.of(
                arguments(
                        "relay duplex -H 'Content-Type: audio/wav' https://example.com/hear",
                        "<sound",
                        "sound\n" + CONTENT),
                arguments("relay duplex https://example.com/echo", "<sound", "sound\n" + CONTENT),
                arguments("echo hello | relay duplex --linger 1 wss://example.com/echo", "", "hello\n"));
    }

    @ParameterizedTest
    @MethodSource("conversing")
    void whatIsSaidIsAnswered(String example, String input, String answer) throws Exception {
        try (var plain = EchoServer.doing(EchoServer::echo);
                var socket = EchoServer.doing(WebSocketPeer::echo)) {
            String line = example.replaceAll("https://example\\.com/\\w+", plain.url())
                    .replace("wss://example.com/echo", socket.url("ws"));

            var run = Launcher.built().in(directory).shell(line + input);

            assertThat(run.mustSucceed().stdout()).isEqualTo(answer);
        }
    }

    @Test
    void aFeedIsListenedToUntilItsServerHasGone() throws Exception {
        try (var feed = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            peer.sendText("news");
            peer.sendClose(1000, "");
        })) {
            String line = FEED.replace("wss://example.com/feed", feed.url("ws"));

            assertThat(Launcher.built().shell(line).mustSucceed().stdout()).isEqualTo("news\n");
        }
    }

    @Test
    void thoseAreAllExamples() throws Exception {
        var shown = new ArrayList<String>();
        for (String command : List.of("serve", "listen", "duplex")) {
            shown.addAll(ReadmeIT.manualExamples("man/relay-" + command + ".1"));
        }
        List<String> run = Stream.concat(
                        Stream.concat(listening(), conversing()).map(row -> (String) row.get()[0]), Stream.of(FEED))
                .toList();

        assertThat(run).containsExactlyInAnyOrderElementsOf(shown);
    }
}
