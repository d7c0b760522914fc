package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that are fetched in ranges, several at a time. */
class ParallelTest {
    private static final String[] SMALL = {"--parallel", "4", "--segment-size", "64K"};

    private static String[] get(String url, String... more) {
        var argv = new ArrayList<String>(List.of("get", url));
        argv.addAll(List.of(SMALL));
        argv.addAll(List.of(more));
        return argv.toArray(String[]::new);
    }

    @Test
    void writesTheSegmentsInOrder() throws Exception {
        var content = Content.noise(1, 1_000_003);
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"")) {
            var run = Relay.run(get(upstream.url())).mustSucceed();

            assertThat(run.stdoutBytes()).isEqualTo(content.bytes());
            assertThat(upstream.requests()).hasSize(16);
            assertThat(upstream.requests().stream().map(request -> request.header("Range")))
                    .contains("bytes=0-65535", "bytes=65536-131071", "bytes=983040-1000002");
            assertThat(upstream.connections()).isEqualTo(4);
        }
    }

    @Test
    void usesStreamsOfOneConnectionOverHttp2() throws Exception {
        var content = Content.noise(1, 1_000_003);
        var identity = TlsIdentity.ofLocalhost();
        try (var upstream = ScriptedUpstream.sending(content)
                .withEtag("\"v1\"")
                .as(identity)
                .overHttp2()) {
            var run = Relay.run(get(upstream.url(), "-k")).mustSucceed();

            assertThat(run.stdoutBytes()).isEqualTo(content.bytes());
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }
}
