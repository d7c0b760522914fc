package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Gate;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream breaks that cannot be mended, what came out is a true prefix, and the exit is not 0. */
class BrokenStreamTest {
    private static final Content ENTITY = Content.noise(11, 300_000);

    static List<Arguments> waysToBreak() {
        var ways = new ArrayList<Arguments>();
        for (String framing : new String[] {"length", "chunked", "until close", "http2"}) {
            for (String end : new String[] {"fin", "reset", "stall", "short"}) {
                boolean endsLikeAWhole = switch (framing) {
                    case "until close" -> end.equals("fin") || end.equals("short");
                    case "chunked" -> end.equals("short");
                    default -> false;
                };
                for (long after : endsLikeAWhole ? new long[] {} : new long[] {0, 1, 16_384, 150_000, 299_999}) {
                    ways.add(Arguments.of(framing, end, after));
                }
            }
        }
        return ways;
    }

    private static Answer broken(Answer whole, String end, long after) {
        return switch (end) {
            case "fin" -> whole.cutAfter(after);
            case "reset" -> whole.resetAfter(after);
            case "stall" -> whole.pauseAfter(after, new Gate());
            case "short" ->
                whole.body(ENTITY.slice(0, after)).declaring(ENTITY.length()).closing();
            default -> throw new IllegalArgumentException(end);
        };
    }

    @ParameterizedTest
    @MethodSource("waysToBreak")
    void leavesATruePrefixAndSaysSo(String framing, String end, long after) throws Exception {
        var plain = broken(Answer.ok("").body(ENTITY), end, after);
        var answer = switch (framing) {
            case "chunked" -> plain.chunked();
            case "until close" -> plain.untilClose();
            default -> plain;
        };
        try (var upstream = ScriptedUpstream.answering(answer)) {
            if (framing.equals("http2")) {
                upstream.overHttp2().as(TlsIdentity.ofLocalhost());
            }
            var run = Relay.run("get", "--retry", "0", "-k", "--idle-timeout", "700ms", upstream.url());
            run.mustFailWithOneOf(end.equals("stall") ? new Integer[] {28} : new Integer[] {18, 56});
            byte[] out = run.stdoutBytes();
            assertThat(out.length).isLessThanOrEqualTo((int) after);
            assertThat(Arrays.equals(out, ENTITY.slice(0, out.length).bytes()))
                    .as("a true prefix")
                    .isTrue();
        }
    }
}
