package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests over TLS, where the server chooses between HTTP/1.1 and HTTP/2. */
class SecureBodyTest {
    private static final int LARGE = 3 << 20;

    @TempDir
    Path directory;

    private final TlsIdentity identity = TlsIdentity.ofLocalhost();
    private String authority = "";
    private String file = "";

    @BeforeEach
    void files() throws Exception {
        authority = identity.authorityFile(directory).toString();
        file = Files.write(directory.resolve("file"), new byte[LARGE]).toString();
    }

    private ScriptedUpstream upstream(boolean two, Answer answer) {
        var upstream = ScriptedUpstream.answering(answer).as(identity);
        return two ? upstream.overHttp2() : upstream;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arriveWholeWhicheverVersionItIs(boolean two) throws Exception {
        String version = two ? "HTTP/2" : "HTTP/1.1";
        // Over HTTP/1.1 nobody answers the question.
        String[] common = {"put", "--cacert", authority, "-H", "Expect:"};
        try (var upstream = upstream(two, Answer.ok("ok"))) {
            Relay.run(with(common, "-d", "a=1", upstream.url())).mustSucceed();
            Relay.run(with(common, "-T", file, upstream.url())).mustSucceed();
            Relay.reading("piped").with(with(common, "-T", "-", upstream.url())).mustSucceed();
            Relay.run(with(common, "-d", "", upstream.url())).mustSucceed();
            assertThat(upstream.request(0).bodyText()).isEqualTo("a=1");
            assertThat(upstream.request(1).body()).hasSize(LARGE);
            assertThat(upstream.request(2).bodyText()).isEqualTo("piped");
            assertThat(upstream.request(3).body()).isEmpty();
            for (int i = 0; i < 4; i++) {
                assertThat(upstream.request(i).version()).startsWith(version);
                assertThat(upstream.request(i).bodyWasCut()).isFalse();
            }
        }
    }

    private static String[] with(String[] common, String... more) {
        String[] all = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areOnTheWireAtOnce(boolean two) throws Exception {
        var pipe = new PipedOutputStream();
        try (var upstream = upstream(two, Answer.ok("ok"));
                var run = Relay.reading(new PipedInputStream(pipe))
                        .starting("put", "--cacert", authority, "-H", "Expect:", "-T", "-", upstream.url())) {
            pipe.write("one".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            assertThat(upstream.request(0).awaitBody(3)).asString().isEqualTo("one");
            pipe.write("two".getBytes(StandardCharsets.UTF_8));
            pipe.close();
            run.end().mustSucceed();
            assertThat(upstream.request(0).bodyText()).isEqualTo("onetwo");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusalThatComesEarlyIsHeard(boolean two) throws Exception {
        // Over HTTP/2 the stream is given up, over HTTP/1.1 there is nothing but the connection.
        Answer refusal = Answer.status(413).early();
        try (var upstream = upstream(two, two ? refusal : refusal.closing())) {
            Relay.run("put", "--cacert", authority, "-H", "Expect:", "-T", file, upstream.url())
                    .mustFailWith(22);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCanBeReadOnceIsNotSentTwice(boolean two) throws Exception {
        try (var upstream = upstream(two, Answer.redirect(307, "/there"))) {
            Relay.reading("body")
                    .with("post", "--cacert", authority, "-H", "Expect:", "-T", "-", upstream.url())
                    .mustFailWith(65);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aBodyThatEndsBeforeItShouldIsTwentySixOverHttp2Too() throws Exception {
        try (var upstream = upstream(true, Answer.ok("ok"))) {
            Relay.reading("body")
                    .with("put", "--cacert", authority, "-H", "Content-Length: 9", "-T", "-", upstream.url())
                    .mustFailWith(26);
            // It may end before its head has gone.
            assertThat(upstream.requests())
                    .allSatisfy(request -> assertThat(request.bodyWasCut()).isTrue());
        }
    }

    @Test
    void theServerMayWaitForAsLongAsThereIsNothingToSend() throws Exception {
        var pipe = new PipedOutputStream();
        try (var upstream = upstream(true, Answer.ok("ok"));
                var run = Relay.reading(new PipedInputStream(pipe))
                        .starting("put", "--cacert", authority, "--idle-timeout", "300ms", "-T", "-", upstream.url())) {
            upstream.request(0);
            assertThat(new CountDownLatch(1).await(800, TimeUnit.MILLISECONDS)).isFalse();
            pipe.write('x');
            pipe.close();
            run.end().mustSucceed();
            assertThat(upstream.request(0).bodyText()).isEqualTo("x");
        }
    }
}
