package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.DigestAlgorithm;
import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Gate;
import dev.relay.support.Launcher;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.Sums;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** relay in a pipeline, as a shell runs it. */
class PipelineIT {
    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    @Test
    void aReaderThatHasEnoughEndsIt() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.endless()).chunked()) {
            var run = launcher.bash("relay get '" + upstream.url() + "' | head -c 5 | wc -c; echo ${PIPESTATUS[0]}");
            assertThat(run.stdout().lines().map(String::strip)).containsExactly("5", "141");
            assertThat(run.stderr()).isEmpty();
            upstream.awaitLeaving(0);
        }
    }

    @Test
    void aReaderThatHasEnoughEndsATransferOverHttp2() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending(Content.endless())
                .chunked()
                .overHttp2()
                .as(identity)) {
            var run = launcher.bash("relay get --cacert '" + authority + "' '" + upstream.url()
                    + "' | head -c 5 | wc -c; echo ${PIPESTATUS[0]}");
            assertThat(run.stdout().lines().map(String::strip)).containsExactly("5", "141");
            assertThat(run.stderr()).isEmpty();
            upstream.request(0).awaitAbandonment();
        }
    }

    @Test
    void aFullDiskIsTwentyThreeAndOneLine() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = launcher.shell("relay get '" + upstream.url() + "' > /dev/full");
            run.mustFailWith(23);
        }
    }

    @Test
    void aClosedOutputIsTwentyThreeAndOneLine() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            launcher.shell("relay get '" + upstream.url() + "' >&-").mustFailWith(23);
        }
    }

    @Test
    void aStreamIsTheSameIntoAPipeAndIntoAFile() throws Exception {
        var content = Content.noise(8, 20_000_003);
        Path file = directory.resolve("file");
        try (var upstream = ScriptedUpstream.sending(content)) {
            byte[] piped = launcher.run("get", "--retry", "0", upstream.url())
                    .mustSucceed()
                    .stdoutBytes();
            assertThat(Arrays.equals(piped, content.bytes())).isTrue();
            launcher.shell("relay get '" + upstream.url() + "' > '" + file + "'")
                    .mustSucceed();
            assertThat(Arrays.equals(Files.readAllBytes(file), content.bytes())).isTrue();
            launcher.shell("relay get '" + upstream.url() + "' | cat > '" + file + "'")
                    .mustSucceed();
            assertThat(Arrays.equals(Files.readAllBytes(file), content.bytes())).isTrue();
        }
    }

    @Test
    void outputIsAppendedWhereTheShellAppends() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "before ");
        try (var upstream = ScriptedUpstream.sending("after")) {
            launcher.shell("relay get '" + upstream.url() + "' >> '" + file + "'")
                    .mustSucceed();
            assertThat(file).hasContent("before after");
            launcher.shell("relay get -o /dev/stdout '" + upstream.url() + "' >> '" + file + "'")
                    .mustSucceed();
            assertThat(file).hasContent("before afterafter");
        }
    }

    @Test
    void anErrorPageNeverReachesThePipe() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("rm -rf /"))) {
            var run = launcher.bash("set -o pipefail; relay get '" + upstream.url() + "' | cat");
            assertThat(run.mustFailWith(22).stdoutBytes()).isEmpty();
        }
    }

    @Test
    void aCutBodyFailsThePipeline() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            var run = launcher.bash("set -o pipefail; relay get --retry 0 '" + upstream.url() + "' | cat");
            assertThat(run.mustFailWith(18).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void eachPieceIsInThePipeBeforeTheNextIsSent() throws Exception {
        var gates = new Gate[] {new Gate(), new Gate(), new Gate()};
        var answer = Answer.ok("one two six ten ").chunked();
        for (int i = 0; i < gates.length; i++) {
            answer = answer.pauseAfter(4L * (i + 1), gates[i]);
        }
        try (var upstream = ScriptedUpstream.answering(answer);
                var launched = launcher.start("get", "--retry", "0", upstream.url())) {
            for (String piece : new String[] {"one ", "two ", "six "}) {
                assertThat(launched.read(4)).isEqualTo(piece);
                gates["one two six ".indexOf(piece) / 4].open();
            }
            assertThat(launched.end().mustSucceed().stdout()).isEqualTo("ten ");
        }
    }

    @Test
    void aSlowReaderHoldsTheServerBack() throws Exception {
        long size = 512L << 20;
        try (var upstream = ScriptedUpstream.sending(Content.noise(2, size));
                var launched = launcher.start("get", "--retry", "0", upstream.url())) {
            byte[] start = launched.process().getInputStream().readNBytes(1 << 20);
            assertThat(Arrays.equals(start, Content.noise(2, 1 << 20).bytes())).isTrue();
            assertThat(upstream.sent()).isLessThan(size / 4);
            launched.stopReading();
            assertThat(launched.process().waitFor()).isEqualTo(141);
            upstream.awaitLeaving(0);
        }
    }

    @Test
    void fiftyAtOnceAllGetTheirs() throws Exception {
        var content = Content.noise(4, 300_001);
        try (var upstream = ScriptedUpstream.sending(content)) {
            var run = launcher.bash("for i in $(seq 50); do (relay get '" + upstream.url("/$i")
                    + "' | cmp -s - '" + Files.write(directory.resolve("want"), content.bytes())
                    + "' && echo same) & done; wait");
            assertThat(run.stdout().lines()).hasSize(50).allMatch("same"::equals);
            assertThat(run.stderr()).isEmpty();
            assertThat(upstream.requests()).hasSize(50);
        }
    }

    @Test
    void aTimeLimitThatPassesWhileTheLastWordsWaitIsNoFailure() throws Exception {
        int size = 300_000;
        Path words = Files.writeString(directory.resolve("words"), "w".repeat(size));
        try (var upstream = ScriptedUpstream.sending("hello");
                var launched =
                        launcher.start("get", "--retry", "0", "--max-time", "3", "-w", "@" + words, upstream.url())) {
            assertThat(launched.read(5)).isEqualTo("hello");
            // More than a pipe holds: relay waits for us, and its time passes.
            assertThat(launched.process().waitFor(4, TimeUnit.SECONDS)).isFalse();
            assertThat(launched.end().mustEndSilentlyWith(0).stdout()).hasSize(size);
        }
    }

    @Test
    void aHeldScriptRunsWholeOrNotAtAll() throws Exception {
        String script = "touch '" + directory + "/ran'\n" + "# the rest of the script\n".repeat(400_000);
        try (var upstream = ScriptedUpstream.sending(script)) {
            launcher.bash("set -o pipefail; relay get --hold '" + upstream.url() + "' | sh")
                    .mustSucceed();
            assertThat(Files.deleteIfExists(directory.resolve("ran"))).isTrue();
        }
        for (long cut : new long[] {script.indexOf('#'), script.length() - 1}) {
            try (var upstream =
                    ScriptedUpstream.sending(script).cuttingAfter(cut).everyTime()) {
                String get = "relay get --retry 0 --hold '" + upstream.url() + "'";
                launcher.bash("set -o pipefail; " + get + " | sh").mustFailWith(18);
                assertThat(directory.resolve("ran")).doesNotExist();
            }
        }
    }

    @Test
    void aHeldScriptThatIsAnotherDoesNotRun() throws Exception {
        String script = "touch '" + directory + "/ran'\n";
        String sum = Sums.hex(DigestAlgorithm.SHA_256, script);
        for (boolean right : new boolean[] {true, false}) {
            try (var upstream = ScriptedUpstream.sending(right ? script : script.replace("touch", "touch  "))) {
                String get = "relay get --hold --checksum sha256:" + sum + " '" + upstream.url() + "'";
                var run = launcher.bash("set -o pipefail; " + get + " | sh");
                if (right) {
                    run.mustSucceed();
                } else {
                    run.mustFailWith(101);
                }
                assertThat(Files.deleteIfExists(directory.resolve("ran"))).isEqualTo(right);
            }
        }
        try (var upstream =
                ScriptedUpstream.answering(Answer.ok(script).line("Repr-Digest: sha-256=:" + "A".repeat(43) + "=:"))) {
            launcher.bash("set -o pipefail; relay get --hold '" + upstream.url() + "' | sh")
                    .mustFailWith(101);
            assertThat(directory.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void segmentsArriveInOrderInAPipe() throws Exception {
        var content = Content.noise(6, 50_000_003);
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"")) {
            var run = launcher.bash(
                    "set -o pipefail; relay get --parallel 8 --segment-size 1M '" + upstream.url() + "' | sha256sum");
            assertThat(run.mustSucceed().stdout()).startsWith(Sums.hex(DigestAlgorithm.SHA_256, content.bytes()) + " ");
            assertThat(upstream.connections()).isEqualTo(8);
        }
    }

    @Test
    void aBodyThatBreaksArrivesWholeInAPipe() throws Exception {
        var content = Content.noise(7, 5_000_003);
        try (var upstream = ScriptedUpstream.sending(content)
                .withEtag("\"v1\"")
                .resettingAfter(1_000_000)
                .times(2)) {
            var run = launcher.bash("set -o pipefail; relay get '" + upstream.url() + "' | sha256sum");
            assertThat(run.mustSucceed().stdout()).startsWith(Sums.hex(DigestAlgorithm.SHA_256, content.bytes()) + " ");
            assertThat(run.stderr()).contains("continuing at byte ");
            assertThat(upstream.requests().size()).isGreaterThan(2);
        }
    }

    @Test
    void aReaderThatHasEnoughEndsAllConnections() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(1, 1L << 40)).withEtag("\"v1\"")) {
            var run = launcher.bash(
                    "relay get --parallel 4 '" + upstream.url() + "' | head -c 9000000 | wc -c; echo ${PIPESTATUS[0]}");
            assertThat(run.stdout().lines().map(String::strip)).containsExactly("9000000", "141");
            assertThat(run.stderr()).isEmpty();
            for (int i = 0; i < 4; i++) {
                upstream.awaitLeaving(i);
            }
        }
    }

    @Test
    void nothingIsLeftOfAHoldThatWasKilled() throws Exception {
        try (var upstream =
                        ScriptedUpstream.sending(Content.noise(3, 9_000_000)).stallingAfter(8_000_000);
                var launched =
                        launcher.startShell("TMPDIR='" + directory + "' exec relay get --hold " + upstream.url())) {
            upstream.awaitStall();
            launched.process().destroyForcibly().waitFor();
            assertThat(directory).isEmptyDirectory();
        }
    }
}
