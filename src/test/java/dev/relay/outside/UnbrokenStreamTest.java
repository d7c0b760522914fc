package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Entity;
import dev.relay.support.Gate;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import org.junit.jupiter.api.Test;

/** Bodies that break, and go on where they broke. */
class UnbrokenStreamTest {
    @Test
    void resumesFromTheByteWhereTheConnectionBroke() throws Exception {
        try (var upstream =
                ScriptedUpstream.sending("hello world").withEtag("\"v1\"").cuttingAfter(5)) {
            var run = Relay.run("get", upstream.url(), "--retry", "1");
            assertThat(run.stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=5-");
            assertThat(upstream.request(1).header("If-Range")).isEqualTo("\"v1\"");
        }
    }

    @Test
    void leavesAConnectionOnWhichNothingComesAnyMore() throws Exception {
        var entity = Entity.of("hello world").withEtag("\"v1\"");
        var dead = new Gate();
        try (var upstream = ScriptedUpstream.answering(
                        request -> request.connection() == 0 ? stalled(entity, request, dead) : entity.answer(request))
                .overHttp2()
                .as(TlsIdentity.ofLocalhost())) {
            var run = Relay.run("get", "-k", "--idle-timeout", "700ms", "--retry-delay", "10ms", upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=5-");
        }
    }

    /** Half of the first answer, and nothing at all on the same connection after that. */
    private static Answer stalled(Entity entity, RecordedRequest request, Gate dead) {
        return request.number() == 0 ? entity.answer(request).pauseAfter(5, dead) : Answer.silence();
    }
}
