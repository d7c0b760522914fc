package dev.relay.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.cli.Arguments;
import dev.relay.cli.Invocation;
import dev.relay.io.Surroundings;
import dev.relay.io.Wanted;
import dev.relay.io.Witness;
import dev.relay.plan.Plan;
import dev.relay.support.ScriptedUpstream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever ends a transfer ends its connections, those too that another thread is about to make. */
class ClosedSourceTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSourceThatIsClosedMakesNoConnectionAnyMore(boolean handsOn) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var source = new HttpSource(plan(upstream.url()), Map.of(), new Witness() {});
            if (handsOn) {
                source.handingOn();
            }
            source.close();

            assertThatThrownBy(() -> source.open(Wanted.ALL)).isInstanceOf(InterruptedIOException.class);
            assertThat(upstream.connections()).isZero();
        }
    }

    private static Plan plan(String url) throws Exception {
        var nowhere = OutputStream.nullOutputStream();
        var surroundings = new Surroundings(
                Map.of(),
                Path.of("").toAbsolutePath(),
                InputStream.nullInputStream(),
                Channels.newChannel(nowhere),
                new PrintStream(nowhere, true, StandardCharsets.UTF_8),
                Set.of(),
                System::nanoTime,
                InstantSource.system());
        var read = Arguments.read(new String[] {"get", "--no-config", url}, surroundings);
        return ((Invocation.Fetch) read).plan();
    }
}
