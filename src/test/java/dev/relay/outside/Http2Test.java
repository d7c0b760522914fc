package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Gate;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 over TLS keeps what HTTP/1.1 promises. */
class Http2Test {
    private final TlsIdentity identity = TlsIdentity.ofLocalhost();

    private ScriptedUpstream answering(Answer first, Answer... more) {
        return ScriptedUpstream.answering(first, more).overHttp2().as(identity);
    }

    @Test
    void tlsSpeaksHttp2WhereTheServerCan() throws Exception {
        try (var upstream = answering(Answer.ok("hello"))) {
            var run = Relay.run("get", "--retry", "0", "-k", "-w", " %{http_version}", upstream.url("/a?b"))
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello 2");
            assertThat(upstream.request(0).version()).isEqualTo("HTTP/2");
            assertThat(upstream.request(0).target()).isEqualTo("/a?b");
            assertThat(upstream.request(0).header("host")).isEqualTo(upstream.authority());
        }
    }

    @Test
    void http11IsSpokenWhenAskedFor() throws Exception {
        try (var upstream = answering(Answer.ok("hello"))) {
            Relay.run("get", "--retry", "0", "-k", "--http1.1", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).version()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void aServerThatCannotIsSpokenToInHttp11() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").as(identity)) {
            Relay.run("get", "--retry", "0", "-k", "--http2", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).version()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void inClearItIsSpokenOnlyWhenAskedFor() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").overHttp2()) {
            Relay.run("get", "--retry", "0", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).version()).isEqualTo("HTTP/1.1");
            var run = Relay.run("get", "--retry", "0", "--http2", "-w", " %{http_version}", upstream.url())
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello 2");
        }
        try (var upstream = ScriptedUpstream.sending("hello")) {
            assertThat(Relay.run("get", "--retry", "0", "--http2", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
        }
    }

    @Test
    void headsInterimResponsesTrailersAndEmptyBodies() throws Exception {
        var decorated = Answer.ok("hello")
                .interim("HTTP/1.1 103 Early Hints", "Link: x")
                .trailer("X-T: 1");
        try (var upstream = answering(decorated, Answer.ok(""), Answer.status(204), Answer.ok("hello"))) {
            assertThat(Relay.run("get", "--retry", "0", "-k", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
            assertThat(Relay.run("get", "--retry", "0", "-k", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEmpty();
            assertThat(Relay.run("get", "--retry", "0", "-k", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEmpty();
            assertThat(Relay.run("head", "-k", upstream.url()).mustSucceed().stdout())
                    .startsWith("HTTP/2 200")
                    .contains("content-length: 5");
        }
    }

    @ParameterizedTest
    @EnumSource(Answer.Cut.class)
    void aCutStreamNeverLooksWhole(Answer.Cut how) throws Exception {
        var answer = Answer.ok("hello world").cutAfter(5, how);
        for (var framed : new Answer[] {answer, answer.verbatim()}) {
            try (var upstream = answering(framed)) {
                var run = Relay.run("get", "--retry", "0", "-k", "--idle-timeout", "2", upstream.url());
                // A stream that is refused after it has begun goes unnoticed by the transport now and then.
                run.mustFailWithOneOf(18, 56, how == Answer.Cut.REFUSE_STREAM ? 28 : 56);
                assertThat("hello").startsWith(run.stdout());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Answer.Cut.class)
    void aStreamThatIsCutBeforeItsHeadIsAFailure(Answer.Cut how) throws Exception {
        try (var upstream = answering(Answer.raw("").cutAfter(0, how))) {
            Relay.run("get", "--retry", "0", "-k", "--idle-timeout", "5", upstream.url())
                    .mustFailWithOneOf(52, 56, 28);
        }
    }

    @Test
    void lessDataThanItsLengthIsNotWhole() throws Exception {
        try (var upstream = answering(Answer.ok("hello").declaring(11))) {
            var run = Relay.run("get", "--retry", "0", "-k", upstream.url()).mustFailWithOneOf(18, 56);
            assertThat("hello").startsWith(run.stdout());
        }
    }

    @Test
    void moreDataThanItsLengthIsAFailure() throws Exception {
        try (var upstream = answering(Answer.ok("hello world").declaring(5))) {
            var run = Relay.run("get", "--retry", "0", "-k", upstream.url()).mustFailWith(56);
            assertThat("hello").startsWith(run.stdout());
        }
    }

    @Test
    void aSlowReaderHoldsTheServerBackAndGetsAll() throws Exception {
        long size = 96 << 20;
        var awake = new Gate();
        try (var upstream = ScriptedUpstream.sending(Content.noise(5, size))
                        .overHttp2()
                        .as(identity);
                var reader = new SlowReader(1 << 20, awake);
                var running = Relay.writingTo(reader).starting("get", "--retry", "0", "-k", upstream.url())) {
            awake.awaitArrival();
            assertThat(upstream.sent()).isLessThan(size);
            awake.open();
            running.end().mustSucceed();
            assertThat(reader.taken()).isEqualTo(size);
        }
    }

    @Test
    void aServerThatIgnoresFlowControlDoesNoHarm() throws Exception {
        try (var upstream =
                        answering(Answer.ok("").body(Content.noise(5, 64 << 20)).flooding());
                var reader = new SlowReader(Long.MAX_VALUE, new Gate())) {
            var run = Relay.writingTo(reader).with("get", "--retry", "0", "-k", upstream.url());
            boolean whole = run.exit() == 0 && reader.taken() == 64 << 20;
            assertThat(whole || run.mustFailWith(56).exit() == 56).isTrue();
        }
    }

    @Test
    void aReaderThatLeavesEndsTheStream() throws Exception {
        try (var upstream = answering(Answer.ok("").body(Content.endless()).chunked());
                var reader = new LeavingReader(5)) {
            Relay.writingTo(reader)
                    .with("get", "--retry", "0", "-k", upstream.url())
                    .mustEndSilentlyWith(141);
            upstream.request(0).awaitAbandonment();
        }
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        try (var upstream = answering(Answer.redirect(302, "/end"), Answer.ok("the end"))) {
            assertThat(Relay.run("get", "--retry", "0", "-k", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("the end");
        }
    }
}
