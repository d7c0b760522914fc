package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import dev.relay.support.Launcher;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a killed relay leaves, the next one completes. */
class ContinueIT {
    private static final int SIZE = 20_000_003;

    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    @BeforeEach
    void knowsTheRunOfTheMachine() throws IOException {
        Signals.require();
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/sys/kernel/random/boot_id")), "without it only what was synced counts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT", "TERM"})
    void isCompletedByteForByte(String signal) throws Exception {
        var content = Content.noise(12, SIZE);
        Path file = Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"").stallingAfter(SIZE / 2);
                var launched = launcher.in(directory).start("get", "-o", "file", upstream.url())) {
            upstream.awaitStall();
            launched.signal(signal);
            assertThat(launched.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(file).hasContent("old");
        long kept = Files.size(directory.resolve("file.part"));
        assertThat(kept).isPositive();
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"")) {
            launcher.in(directory)
                    .run("get", "-C", "-o", "file", upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(0).header("Range")).isEqualTo("bytes=" + kept + "-");
        }
        assertThat(Arrays.equals(Files.readAllBytes(file), content.bytes())).isTrue();
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aRelayThatIsKilledWhileItContinuesLosesNothing() throws Exception {
        var content = Content.noise(13, SIZE);
        for (int part = 1; part < 4; part++) {
            try (var upstream =
                            ScriptedUpstream.sending(content).withEtag("\"v1\"").stallingAfter(SIZE / 5);
                    var launched = launcher.in(directory).start("get", "-C", "-o", "file", upstream.url())) {
                upstream.awaitStall();
                launched.process().destroyForcibly().waitFor();
            }
        }
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"")) {
            launcher.in(directory)
                    .run("get", "-C", "-o", "file", upstream.url())
                    .mustSucceed();
        }
        assertThat(Arrays.equals(Files.readAllBytes(directory.resolve("file")), content.bytes()))
                .isTrue();
    }
}
