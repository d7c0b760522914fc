package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code relay listen}: one client's request body to standard output, standard input to its response. */
class ListenTest {
    private static final String LATER = "\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path directory;

    /** Where it listens: the first line on standard error that is a URL. */
    private static URI url(Relay.Running running) {
        running.awaitStderr("\n");
        running.awaitStderr("http");
        return URI.create(running.told()
                .lines()
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow());
    }

    private static RawClient put(URI url, String rest) throws IOException {
        return RawClient.to(url.getPort()).send("PUT " + url.getPath() + " HTTP/1.1\r\nHost: localhost\r\n" + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 11\r\n\r\nhello world",
                "Transfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n"
            })
    void theBodyGoesToStandardOutputAndStandardInputToTheResponse(String rest) throws Exception {
        try (var listening = Relay.reading("thank you").starting("listen")) {
            try (var client = put(url(listening), rest)) {
                assertThat(client.restText()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\nthank you\r\n0\r\n\r\n");
            }
            assertThat(listening.end().mustSucceed().stdout()).isEqualTo("hello world");
        }
    }

    @Test
    void aRequestWithoutABodyReceivesStandardInput() throws Exception {
        try (var listening = Relay.reading("what there is").starting("listen", "--type", "text/plain")) {
            URI url = url(listening);
            try (var client = RawClient.to(url.getPort()).get(url.getPath())) {
                assertThat(client.head()).contains("Content-Type: text/plain\r\n");
                assertThat(client.restText()).contains("what there is");
            }
            assertThat(listening.end().mustSucceed().stdoutBytes()).isEmpty();
        }
    }

    @Test
    void anOldClientSeesTheEndOfTheAnswerInTheEndOfTheConnection() throws Exception {
        try (var listening = Relay.reading("thank you").starting("listen")) {
            URI url = url(listening);
            try (var client = RawClient.to(url.getPort())
                    .send("POST " + url.getPath() + " HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi")) {
                assertThat(client.restText()).doesNotContain("chunked").endsWith("\r\n\r\nthank you");
            }
            assertThat(listening.end().mustSucceed().stdout()).isEqualTo("hi");
        }
    }

    @Test
    void bothDirectionsMoveAtOnceAndEachEndsByItself() throws Exception {
        var typed = new PipedOutputStream();
        try (var listening = Relay.reading(new PipedInputStream(typed)).starting("listen");
                var client = put(url(listening), "Expect: 100-continue" + LATER)) {
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            // Neither has a byte to send yet.
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
            client.send("3\r\none\r\n");
            listening.stdout().await("one");
            typed.write("1".getBytes(StandardCharsets.US_ASCII));
            typed.flush();
            assertThat(client.read(6)).isEqualTo("1\r\n1\r\n");
            typed.close();
            assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
            client.send("3\r\ntwo\r\n0\r\n\r\n");
            client.rest();
            client.endSending();
            assertThat(listening.end().mustSucceed().stdout()).isEqualTo("onetwo");
        }
    }

    @Test
    void theEndOfTheRequestLeavesTheResponseOpen() throws Exception {
        var typed = new PipedOutputStream();
        try (var listening = Relay.reading(new PipedInputStream(typed)).starting("listen");
                var client = put(url(listening), "Content-Length: 1\r\n\r\nx")) {
            client.head();
            listening.stdout().await("x");
            typed.write("late".getBytes(StandardCharsets.US_ASCII));
            typed.flush();
            assertThat(client.read(9)).isEqualTo("4\r\nlate\r\n");
            typed.close();
            assertThat(client.rest()).hasSize(5);
            client.endSending();
            listening.end().mustSucceed();
        }
    }

    @Test
    void anEmptyAnswerIsAReceipt() throws Exception {
        try (var listening = Relay.start("listen");
                var client = put(url(listening), "Content-Length: 2\r\n\r\na")) {
            assertThat(client.head()).doesNotContain("Connection: close");
            listening.stdout().await("a");
            client.send("b");
            assertThat(client.restText()).isEqualTo("0\r\n\r\n");
            listening.end().mustSucceed();
        }
    }

    /** More than all buffers between the two hold. */
    private static final int MUCH = 24 << 20;

    @Test
    void fullPipesOnBothSidesHoldNobodyBack() throws Exception {
        Content answer = Content.noise(1, MUCH);
        try (var listening =
                        Relay.reading(new ByteArrayInputStream(answer.bytes())).starting("listen");
                var client = put(url(listening), "Content-Length: " + MUCH + "\r\n\r\n")) {
            client.head();
            // It sends all before it reads anything.
            client.send("x".repeat(MUCH));
            listening.stdout().await(MUCH);
            assertThat(client.rest()).hasSizeGreaterThan(MUCH);
            client.endSending();
            listening.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\npart", "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"})
    void aBodyThatIsCutShortIsTold(String rest) throws Exception {
        try (var listening = Relay.start("listen")) {
            try (var client = put(url(listening), rest)) {
                client.head();
                listening.stdout().await("part");
            }
            assertThat(listening.end().mustFailWith(18).stdout()).isEqualTo("part");
        }
    }

    @Test
    void aMalformedBodyIsToldFromAShortOne() throws Exception {
        try (var listening = Relay.start("listen");
                var client = put(url(listening), "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\nno chunk\r\n")) {
            assertThat(client.restText()).doesNotContain("0\r\n\r\n");
            listening.end().mustFailWith(56);
        }
    }

    @Test
    void aClientThatLeavesBeforeItsAnswerIsTold() throws Exception {
        try (var listening =
                Relay.reading(new PipedInputStream(new PipedOutputStream())).starting("listen")) {
            try (var client = put(url(listening), "Content-Length: 1\r\n\r\nx")) {
                client.head();
                listening.stdout().await("x");
            }
            listening.end().mustFailWith(104);
        }
    }

    @Test
    void whatCannotBeReadCutsTheResponse() throws Exception {
        var broken = new PipedInputStream();
        try (var listening = Relay.reading(broken).starting("listen");
                var client = put(url(listening), "Transfer-Encoding: chunked\r\n\r\n")) {
            assertThat(client.restText()).doesNotContain("0\r\n\r\n");
            listening.end().mustFailWith(26);
        }
    }

    @Test
    void whatCannotBeWrittenCutsTheClient() throws Exception {
        WritableByteChannel full = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        try (var listening = Relay.writingTo(full).starting("listen");
                var client = put(url(listening), "Content-Length: 1\r\n\r\nx")) {
            client.rest();
            assertThat(client.wasReset()).isTrue();
            listening.end().mustFailWith(23);
        }
    }

    @Test
    void onlyAClientThatMovesSomethingSpendsIt() throws Exception {
        try (var listening = Relay.reading("for the last").starting("listen")) {
            URI url = url(listening);
            try (var client = RawClient.to(url.getPort()).get("/other")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 404 ");
            }
            try (var client = RawClient.to(url.getPort()).request("HEAD", url.getPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 200 ");
            }
            try (var client = RawClient.to(url.getPort()).request("OPTIONS", url.getPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 204 ").contains("Allow: ");
            }
            try (var client = RawClient.to(url.getPort()).request("DELETE", url.getPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 405 ");
            }
            try (var client = RawClient.to(url.getPort()).get(url.getPath(), "User-Agent: Slackbot 1.0")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 403 ");
            }
            try (var client = RawClient.to(url.getPort()).get(url.getPath())) {
                assertThat(client.restText()).contains("for the last");
            }
            listening.end().mustSucceed();
        }
    }

    @Test
    void aClientThatLeavesBeforeAByteHasMovedTakesNothingFromTheNext() throws Exception {
        var typed = new PipedOutputStream();
        try (var listening = Relay.reading(new PipedInputStream(typed)).starting("listen")) {
            URI url = url(listening);
            try (var client = RawClient.to(url.getPort()).get(url.getPath())) {
                client.head();
            }
            listening.awaitStderr("went away before a byte had moved");
            typed.write("all of it".getBytes(StandardCharsets.US_ASCII));
            typed.close();
            try (var client = put(url, "Content-Length: 1\r\n\r\nx")) {
                assertThat(client.restText()).contains("all of it");
            }
            assertThat(listening.end().mustSucceed().stdout()).isEqualTo("x");
        }
    }

    @Test
    void othersAreToldToComeLater() throws Exception {
        try (var listening = Relay.start("listen");
                var first = put(url(listening), "Content-Length: 2\r\n\r\na")) {
            listening.stdout().await("a");
            try (var second = put(url(listening), "Content-Length: 1\r\n\r\nx")) {
                assertThat(second.restText()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
            }
            first.send("b").rest();
            assertThat(listening.end().mustSucceed().stdout()).isEqualTo("ab");
        }
    }

    @Test
    void nobodyIsWaitedForLongerThanWasSaid() {
        Relay.run("listen", "--wait", "100ms").mustFailWith(103);
    }

    @Test
    void aTerminalThatAnswersNothingIsLeftAlone() throws Exception {
        var typed = new PipedInputStream(new PipedOutputStream());
        try (var listening = Relay.reading(typed).onTerminal(0).starting("listen")) {
            URI url = url(listening);
            try (var client = RawClient.to(url.getPort()).get(url.getPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 405 ");
            }
            try (var client = put(url, "Content-Length: 1\r\n\r\nx")) {
                assertThat(client.restText()).endsWith("\r\n\r\n0\r\n\r\n");
            }
            assertThat(listening.end().mustSucceed().stdout()).isEqualTo("x");
        }
    }

    @Test
    void aPathThatCanBeGuessedIsAskedForAndNamesMayFollowIt() throws Exception {
        try (var listening = Relay.start("listen", "--no-token", "-s")) {
            URI url = url(listening);
            assertThat(url.getPath()).isEqualTo("/");
            try (var client = put(url.resolve("/big.tar"), "Content-Length: 1\r\n\r\nx")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 200 ");
            }
            assertThat(listening.end().mustSucceed().stderr()).isEqualTo(url + "\n");
        }
    }

    @Test
    void aPasswordIsAskedFor() throws Exception {
        try (var listening = Relay.start("listen", "--auth", "me:secret")) {
            URI url = url(listening);
            try (var client = put(url, "Content-Length: 1\r\n\r\nx")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 401 ");
            }
            try (var client = put(url, "Authorization: Basic bWU6c2VjcmV0\r\nContent-Length: 1\r\n\r\nx")) {
                assertThat(client.restText()).startsWith("HTTP/1.1 200 ");
            }
            listening.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-T FILE", "-T -", "--data-binary @FILE"})
    void curlUploadsByteForByteWhateverTheAnswer(String how) throws Exception {
        String curl = Programs.require("curl").toString();
        Content big = Content.noise(2, 16 << 20);
        Path file = Files.write(directory.resolve("big"), big.bytes());
        for (String answer : new String[] {"", "thank you"}) {
            try (var listening = Relay.reading(answer).starting("listen")) {
                var command = new ArrayList<>(List.of(curl, "-sS"));
                command.addAll(List.of(how.replace("FILE", file.toString()).split(" ", -1)));
                command.add(url(listening).toString());
                Process process =
                        new ProcessBuilder(command).redirectInput(file.toFile()).start();
                assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(answer);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                byte[] landed = listening.end().mustSucceed().stdoutBytes();
                assertThat(Arrays.equals(landed, big.bytes())).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--path=drop", "--port=70000", "--type=text", "--tls-key=x", "URL"})
    void whatMakesNoSenseIsRefusedBeforeAnythingListens(String argument) {
        Relay.run("listen", argument).mustFailWith(2);
    }

    @Test
    void curlUploadsOverTlsToTheKeyThatIsShown() throws Exception {
        String curl = Programs.require("curl").toString();
        byte[] sent = new byte[3_000_000];
        Arrays.fill(sent, (byte) 'x');
        Path file = Files.write(directory.resolve("sent"), sent);
        try (var run = Relay.reading("thanks").starting("listen", "--tls")) {
            String url = url(run).toString();
            assertThat(url).startsWith("https://127.0.0.1:");
            assertThat(run.told()).containsPattern("fingerprint ([0-9A-F]{2}:){31}[0-9A-F]{2}");
            Path got = directory.resolve("got");
            for (int exit : new int[] {60, 0}) {
                var process = new ProcessBuilder(
                                curl, exit == 0 ? "-ksS" : "-sS", "-T", file.toString(), "-o", got.toString(), url)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(exit);
            }
            assertThat(got).hasContent("thanks");
            assertThat(run.end().mustSucceed().stdoutBytes()).isEqualTo(sent);
        }
    }
}
