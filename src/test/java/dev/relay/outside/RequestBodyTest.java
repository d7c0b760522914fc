package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Dialogue;
import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests: read while they are sent, and what becomes of them when the server, the file or the pipe does not play along. */
class RequestBodyTest {
    private static final int LARGE = 3 << 20;

    @TempDir
    Path directory;

    private Path file(String name, int size) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, new byte[size]);
        return file;
    }

    /** A stream of as many zeros, none of which exists before it is read. */
    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                int given = (int) Math.min(count, left);
                left -= Math.max(0, given);
                return given <= 0 ? -1 : given;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "put", "patch", "delete", "get"})
    void theCommandNamesTheMethodWhateverTheBodyIs(String command) throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.run(command, "-d", "a=1", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).method()).isEqualToIgnoringCase(command);
            assertThat(upstream.request(0).bodyText()).isEqualTo("a=1");

            Relay.run(command, "-X", "REPORT", "-d", "a=1", upstream.url()).mustSucceed();
            assertThat(upstream.request(1).method()).isEqualTo("REPORT");
        }
    }

    @Test
    void aPostWithoutABodySaysThatThereIsNone() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.run("post", upstream.url()).mustSucceed();
            Relay.run("delete", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).headers("Content-Length")).containsExactly("0");
            assertThat(upstream.request(1).headers("Content-Length")).isEmpty();
        }
    }

    @Test
    void whatStandardInputDeliversIsOnTheWireAtOnce() throws Exception {
        var pipe = new PipedOutputStream();
        try (var upstream = ScriptedUpstream.sending("ok");
                var run = Relay.reading(new PipedInputStream(pipe))
                        .starting("put", "-H", "Expect:", "-T", "-", upstream.url())) {
            pipe.write("one".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            assertThat(upstream.request(0).awaitBody(3)).asString().isEqualTo("one");
            pipe.write("two".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            assertThat(upstream.request(0).awaitBody(6)).asString().isEqualTo("onetwo");
            pipe.close();
            run.end().mustSucceed();
            assertThat(upstream.request(0).header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(upstream.request(0).bodyWasCut()).isFalse();
        }
    }

    @Test
    void aBodyLargerThanTheHeapIsSent() throws Exception {
        long size = Runtime.getRuntime().maxMemory() + (64 << 20);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            long got = peer.chunks(MessageDigest.getInstance("MD5"));
            peer.answer("200 OK", Long.toString(got));
        })) {
            var run = Relay.reading(zeros(size)).with("put", "-H", "Expect:", "-T", "-", server.url("/"));
            assertThat(run.mustSucceed().stdout()).isEqualTo(Long.toString(size));
        }
    }

    @Test
    void aRefusalThatComesEarlyIsHeardAndTheRestNotSent() throws Exception {
        Path large = file("large", 64 << 20);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            peer.read(100_000);
            peer.answer("413 Content Too Large", "no more");
            peer.close();
        })) {
            var run = Relay.run("put", "-H", "Expect:", "--fail-with-body", "-T", large.toString(), server.url("/"));
            run.mustFailWith(22);
            assertThat(run.stderr()).contains("413");
            assertThat(run.stdout()).isEqualTo("no more");
        }
    }

    @Test
    void anAnswerThatComesEarlyIsReadWhileTheBodyGoesOn() throws Exception {
        var pipe = new PipedOutputStream();
        try (var server = Dialogue.of(peer -> {
                    peer.head();
                    assertThat(peer.read(6)).isEqualTo("3\r\none");
                    peer.answer("200 OK", "heard");
                    assertThat(peer.read(2 + 8 + 5)).isEqualTo("\r\n3\r\ntwo\r\n0\r\n\r\n");
                });
                var run = Relay.reading(new PipedInputStream(pipe))
                        .starting("post", "-H", "Expect:", "-T", ".", server.url("/"))) {
            pipe.write("one".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            run.stdout().await("heard");
            pipe.write("two".getBytes(StandardCharsets.UTF_8));
            pipe.close();
            run.end().mustSucceed();
        }
    }

    @Test
    void aConnectionThatBreaksWhileTheBodyIsSentIsFiftyFive() throws Exception {
        Path large = file("large", 64 << 20);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            peer.read(100_000);
            peer.reset();
        })) {
            Relay.run("post", "-H", "Expect:", "-T", large.toString(), server.url("/"))
                    .mustFailWith(55);
        }
    }

    @Test
    void aServerThatSaysNothingToAWholeBodyIsFiftyTwo() throws Exception {
        try (var server = Dialogue.of(peer -> {
            peer.head();
            peer.read(3);
        })) {
            Relay.run("post", "-d", "a=1", server.url("/")).mustFailWith(52);
        }
    }

    @ParameterizedTest
    @CsvSource({"1048576, false", "1048577, true"})
    void aLargeBodyIsAnnounced(int size, boolean announced) throws Exception {
        Path file = file("file", size);
        try (var server = Dialogue.of(peer -> {
            String head = peer.head();
            assertThat(head.contains("\r\nExpect: 100-continue\r\n")).isEqualTo(announced);
            if (announced) {
                peer.say("HTTP/1.1 100 Continue\r\n\r\n");
            }
            peer.skip(size);
            peer.answer("200 OK", "");
        })) {
            Relay.run("put", "-T", file.toString(), server.url("/")).mustSucceed();
        }
    }

    @Test
    void aBodyThatIsNotWantedIsNotSent() throws Exception {
        Path file = file("file", LARGE);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            peer.answer("401 Unauthorized", "who?");
            assertThat(peer.drain()).isZero();
        })) {
            Relay.run("put", "-T", file.toString(), server.url("/")).mustFailWith(22);
        }
    }

    @Test
    void aServerThatIsSilentForASecondGetsTheBody() throws Exception {
        Path file = file("file", LARGE);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            long since = System.nanoTime();
            peer.skip(LARGE);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since)).isBetween(900L, 5000L);
            peer.answer("200 OK", "");
        })) {
            Relay.run("put", "-T", file.toString(), server.url("/")).mustSucceed();
        }
    }

    @Test
    void aServerThatIsContentWithoutTheBodyIsTold() throws Exception {
        Path file = file("file", LARGE);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            peer.answer("200 OK", "");
        })) {
            var run = Relay.run("put", "-T", file.toString(), server.url("/")).mustSucceed();
            assertThat(run.stderr()).contains("without asking for the body: none of it was sent");
        }
    }

    @Test
    void aServerThatDoesNotKnowExpectationsIsAskedWithout() throws Exception {
        Path file = file("file", LARGE);
        try (var server = Dialogue.of(
                peer -> {
                    assertThat(peer.head()).contains("Expect");
                    peer.answer("417 Expectation Failed", "");
                    assertThat(peer.drain()).isZero();
                },
                peer -> {
                    assertThat(peer.head()).doesNotContain("Expect");
                    peer.skip(LARGE);
                    peer.answer("200 OK", "");
                })) {
            Relay.run("put", "-T", file.toString(), server.url("/")).mustSucceed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "post, 301, GET, ''",
        "post, 302, GET, ''",
        "post, 303, GET, ''",
        "post, 307, POST, body",
        "post, 308, POST, body",
        "put, 301, PUT, body",
        "put, 302, PUT, body",
        "put, 303, GET, ''",
        "put, 307, PUT, body",
        "patch, 302, PATCH, body",
        "delete, 303, GET, ''",
        "get, 302, GET, body",
        "get, 303, GET, ''"
    })
    void aRedirectTakesTheBodyAlongOrDropsItWithItsFields(String command, int status, String method, String body)
            throws Exception {
        Path file = directory.resolve("file");
        Files.writeString(file, "body");
        for (String[] given : new String[][] {{"-d", "body"}, {"-T", file.toString()}, {"--data-binary", "@" + file}}) {
            try (var upstream = ScriptedUpstream.answering(Answer.redirect(status, "/there"), Answer.ok("ok"))) {
                Relay.run(command, given[0], given[1], "-H", "Content-Language: en", upstream.url())
                        .mustSucceed();
                var second = upstream.request(1);
                assertThat(second.method()).isEqualTo(method);
                assertThat(second.bodyText()).isEqualTo(body);
                if (body.isEmpty()) {
                    assertThat(second.headText())
                            .doesNotContainIgnoringCase("content-")
                            .doesNotContain("chunked");
                } else {
                    assertThat(second.header("Content-Language")).isEqualTo("en");
                    assertThat(second.header("Content-Length")).isEqualTo("4");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void whatCanBeReadOnceIsNotSentTwice(int status) throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(status, "/there"), Answer.ok("ok"))) {
            var run = Relay.reading("body").with("post", "-H", "Expect:", "-T", "-", upstream.url());
            run.mustFailWith(65);
            assertThat(run.stderr()).contains("/there", "standard input");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void whatCanBeReadOnceGoesWhereItIsWantedWhenNothingWasRead() throws Exception {
        try (var server = Dialogue.of(
                peer -> {
                    assertThat(peer.head()).startsWith("PUT /here ").contains("Expect");
                    peer.say("HTTP/1.1 307 There\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
                    assertThat(peer.drain()).isZero();
                },
                peer -> {
                    assertThat(peer.head()).startsWith("PUT /there ").contains("Expect");
                    peer.say("HTTP/1.1 100 Continue\r\n\r\n");
                    assertThat(peer.read(14)).isEqualTo("4\r\nbody\r\n0\r\n\r\n");
                    peer.answer("200 OK", "");
                })) {
            Relay.reading("body").with("put", "-T", "-", server.url("/here")).mustSucceed();
        }
    }

    @Test
    void aFailureIsTriedAgainWhenTheMethodAndTheBodyAllowIt() throws Exception {
        Path file = directory.resolve("file");
        Files.writeString(file, "body");
        var busy = Answer.status(503);
        try (var upstream = ScriptedUpstream.answering(busy, Answer.ok("ok"))) {
            Relay.run("put", "--retry-delay", "10ms", "-T", file.toString(), upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(1).bodyText()).isEqualTo("body");
        }
        try (var upstream = ScriptedUpstream.answering(busy, Answer.ok("ok"))) {
            Relay.run("post", "--retry-delay", "10ms", "-T", file.toString(), upstream.url())
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(1);
        }
        try (var upstream = ScriptedUpstream.answering(busy, Answer.ok("ok"))) {
            var run = Relay.reading("body")
                    .with("put", "-H", "Expect:", "--retry-delay", "10ms", "-T", "-", upstream.url());
            run.mustFailWith(22);
            assertThat(run.stderr()).contains("can be read only once");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aRequestThatWasNeverSentIsTriedAgainWhateverItsMethod() throws Exception {
        int port = Ports.refusing();
        try (var run = Relay.reading("body")
                .starting(
                        "post",
                        "-H",
                        "Expect:",
                        "--retry-connrefused",
                        "--retry",
                        "50",
                        "--retry-delay",
                        "100ms",
                        "-T",
                        "-",
                        "http://127.0.0.1:" + port + "/")) {
            run.awaitStderr("trying again");
            try (var upstream = ScriptedUpstream.sending("ok").at(port)) {
                assertThat(upstream.url()).isNotEmpty();
                run.end();
                assertThat(upstream.request(0).bodyText()).isEqualTo("body");
            }
        }
    }

    @Test
    void aFileThatCannotBeReadIsTwentySixBeforeAnythingIsSent() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            for (String[] given : new String[][] {
                {"-T", "missing"},
                {"-d", "@missing"},
                {"--data-binary", "@missing"},
                {"--data-urlencode", "a@missing"},
                {"--json", "@missing"},
                {"-F", "a=@missing"},
                {"-F", "a=<missing"},
                {"-T", "."},
            }) {
                if (given[1].equals(".")) {
                    given[1] = directory.toString();
                }
                Relay.in(directory)
                        .with("post", given[0], given[1], upstream.url())
                        .mustFailWith(26);
            }
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void aFileThatShrinksWhileItIsSentIsTwentySixAndNeverLooksWhole() throws Exception {
        Path file = file("file", LARGE);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            try (var shrinking = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                shrinking.truncate(LARGE / 2);
            }
            peer.say("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(peer.drain()).isLessThan(LARGE);
        })) {
            var run = Relay.run("put", "-T", file.toString(), server.url("/"));
            run.mustFailWith(26);
            assertThat(run.stderr()).contains(file.toString());
        }
    }

    @Test
    void aFileThatIsAnotherWhenItIsWantedAgainIsTwentySix() throws Exception {
        Path file = directory.resolve("file");
        Files.writeString(file, "body");
        try (var upstream = ScriptedUpstream.answering(request -> {
            try {
                Files.writeString(file, "another body");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Answer.redirect(307, "/there");
        })) {
            Relay.run("put", "-T", file.toString(), upstream.url()).mustFailWith(26);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 26", "5, 26", "4, 0"})
    void aPromisedLengthIsKept(int length, int exit) throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            var run = Relay.reading("body")
                    .with("put", "-T", "-", "-H", "Expect:", "-H", "Content-Length: " + length, upstream.url());
            assertThat(run.exit()).isEqualTo(exit);
            assertThat(upstream.request(0).header("Content-Length")).isEqualTo(Integer.toString(length));
            assertThat(upstream.request(0).bodyWasCut()).isEqualTo(exit != 0);
        }
    }

    @Test
    void theLimitsOfTheServerDoNotCountTheTimeOfWhoGivesUsTheBody() throws Exception {
        var pipe = new PipedOutputStream();
        try (var upstream = ScriptedUpstream.sending("ok");
                var run = Relay.reading(new PipedInputStream(pipe))
                        .starting("put", "--idle-timeout", "300ms", "-H", "Expect:", "-T", "-", upstream.url())) {
            upstream.request(0);
            assertThat(new CountDownLatch(1).await(800, TimeUnit.MILLISECONDS)).isFalse();
            pipe.write('x');
            pipe.close();
            run.end().mustSucceed();
            assertThat(upstream.request(0).bodyText()).isEqualTo("x");
        }
    }

    @Test
    void aServerThatTakesNothingIsSilent() throws Exception {
        Path file = file("file", 64 << 20);
        var done = new CountDownLatch(1);
        try (var server = Dialogue.of(peer -> {
            peer.head();
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        })) {
            Relay.run("post", "--idle-timeout", "500ms", "-H", "Expect:", "-T", file.toString(), server.url("/"))
                    .mustFailWith(28);
            done.countDown();
        }
    }

    @Test
    void theRateHoldsForWhatIsSent() throws Exception {
        Path file = file("file", 50_000);
        try (var upstream = ScriptedUpstream.sending("ok")) {
            long since = System.nanoTime();
            Relay.run("put", "--limit-rate", "50000", "-T", file.toString(), upstream.url())
                    .mustSucceed();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since)).isGreaterThan(850);
        }
    }

    @Test
    void whatWasSentIsCounted() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            var run = Relay.run("post", "-d", "12345", "-w", "%{size_upload} %{method}", upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("ok5 POST");
        }
    }

    @Test
    void theConnectionServesOnAfterARedirect() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(307, "/there"), Answer.ok("ok"))) {
            Relay.run("post", "-d", "a=1", upstream.url()).mustSucceed();
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }
}
