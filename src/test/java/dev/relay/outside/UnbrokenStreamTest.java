package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
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
}
