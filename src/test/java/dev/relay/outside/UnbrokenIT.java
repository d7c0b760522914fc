package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that breaks several times is one body for whoever reads it: a pipe, a FIFO, a file. */
class UnbrokenIT {
    private static final Content CONTENT = Content.noise(12, 5_000_011);

    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    /** The first three bodies break in the middle of what was asked for. */
    private static ScriptedUpstream breaking() {
        var entity = Entity.of(CONTENT).withEtag("\"v1\"");
        return ScriptedUpstream.answering(request -> {
            Answer answer = entity.answer(request);
            boolean rest = answer.length() > CONTENT.length() / 10;
            return rest && request.number() < 5 ? answer.cutAfter(answer.length() / 2) : answer;
        });
    }

    @Test
    void aPipeGetsOneBody() throws Exception {
        Path file = directory.resolve("file");
        try (var upstream = breaking()) {
            launcher.bash("set -o pipefail; relay get -s '" + upstream.url() + "' | cat > '" + file + "'")
                    .mustSucceed();
            assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT.bytes());
            assertThat(upstream.requests()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void aFifoGetsOneBody() throws Exception {
        Path fifo = directory.resolve("fifo");
        Path file = directory.resolve("file");
        String mkfifo = Programs.require("mkfifo").toString();
        try (var upstream = breaking()) {
            launcher.bash(mkfifo + " '" + fifo + "'; cat '" + fifo + "' > '" + file + "' & relay get -s -o '" + fifo
                            + "' '" + upstream.url() + "' && wait")
                    .mustSucceed();
            assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void aFileIsMovedIntoPlaceWhole() throws Exception {
        Path file = directory.resolve("file");
        try (var upstream = breaking()) {
            launcher.run("get", "-o", file.toString(), upstream.url()).mustSucceed();
            assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void aChangeFailsThePipelineWithATruePrefix() throws Exception {
        var before = Entity.of("hello world").withEtag("\"v1\"");
        var after = Entity.of("other words").withEtag("\"v2\"");
        try (var upstream = ScriptedUpstream.answering(
                request -> request.number() == 0 ? before.answer(request).cutAfter(5) : after.answer(request))) {
            var run = launcher.bash("set -o pipefail; relay get '" + upstream.url() + "' | cat");
            assertThat(run.mustFailWith(102).stdout()).isEqualTo("hello");
        }
    }
}
