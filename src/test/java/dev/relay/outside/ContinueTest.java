package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -C}: what one run left, another completes, or says why not; never a wrong file under the right name. */
class ContinueTest {
    private static final String TEXT = "hello world";
    private static final String TAG = "\"v1\"";
    private static final String SHA256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

    @TempDir
    Path directory;

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String content(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** A run that was cut after five bytes. */
    private void leave() throws Exception {
        try (var upstream =
                ScriptedUpstream.sending(TEXT).withEtag(TAG).cuttingAfter(5).everyTime()) {
            get(upstream, "--retry", "0").mustFailWith(18);
        }
        assertThat(content("file.part")).isEqualTo("hello");
    }

    private Run get(ScriptedUpstream upstream, String... more) {
        var argv = new ArrayList<>(List.of("get", "-o", "file", upstream.url()));
        argv.addAll(List.of(more));
        return Relay.in(directory).with(argv.toArray(String[]::new));
    }

    private void staysContinuable() throws IOException {
        assertThat(content("file.part")).isEqualTo("hello");
        assertThat(names()).containsExactly("file.part", "file.part.meta");
    }

    @Test
    void whatAnythingButAPlainGetHasLeftIsNotKept() throws Exception {
        try (var upstream =
                ScriptedUpstream.sending(TEXT).withEtag(TAG).cuttingAfter(5).everyTime()) {
            for (String command : List.of("post", "get")) {
                var run = Relay.in(directory)
                        .with(command, "-d", "x", "--retry", "0", "-o", "file", upstream.url())
                        .mustFailWith(18);
                assertThat(run.stderr()).doesNotContain("-C");
                assertThat(names()).isEmpty();
            }
        }
    }

    @Test
    void theRestIsAskedForAndPutBehind() throws Exception {
        leave();
        Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG)) {
            get(upstream, "-C").mustSucceed();
            assertThat(upstream.request(0).header("Range")).isEqualTo("bytes=5-");
            assertThat(upstream.request(0).header("If-Range")).isEqualTo(TAG);
            assertThat(content("file")).isEqualTo(TEXT);
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void withoutAPartItIsAnOrdinaryRun() throws Exception {
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG)) {
            get(upstream, "-C").mustSucceed();
            assertThat(upstream.request(0).headers("Range")).isEmpty();
            get(upstream, "-C").mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void itTakesAsManyRunsAsItTakes() throws Exception {
        var content = Content.noise(11, 3_000_000);
        for (int cut = 500_000; cut < 3_000_000; cut += 500_000) {
            int until = cut;
            try (var upstream = ScriptedUpstream.answering(
                    request -> Answer.ok("").body(content).line("ETag: " + TAG).cutAfter(until))) {
                // Ranges are not served here: what was there already is compared.
                get(upstream, "-C", "--retry", "0").mustFailWith(18);
                assertThat(directory.resolve("file.part")).hasSize(cut);
            }
        }
        try (var upstream = ScriptedUpstream.sending(content).withEtag(TAG)) {
            get(upstream, "-C").mustSucceed();
            assertThat(Files.readAllBytes(directory.resolve("file"))).isEqualTo(content.bytes());
        }
    }

    @Test
    void aBreakInTheMiddleOfTheRestIsContinuedToo() throws Exception {
        leave();
        try (var upstream =
                ScriptedUpstream.sending(TEXT).withEtag(TAG).cuttingAfter(3).times(1)) {
            get(upstream, "-C").mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
            assertThat(upstream.requests().stream().map(request -> request.header("Range")))
                    .contains("bytes=5-", "bytes=8-");
        }
    }

    @Test
    void aChangedResourceIsOneHundredAndTwoAndThePartStays() throws Exception {
        leave();
        for (String other : new String[] {"HELLO WORLD", "hello world, and more", "hi"}) {
            try (var upstream = ScriptedUpstream.sending(other).withEtag("\"v2\"")) {
                get(upstream, "-C").mustFailWith(102);
                staysContinuable();
            }
        }
    }

    @Test
    void aChangedResourceUnderTheSameTagIsNotedToo() throws Exception {
        leave();
        try (var upstream = ScriptedUpstream.sending("HELLO WORLD").withEtag(TAG)) {
            get(upstream, "-C").mustFailWith(102);
            staysContinuable();
        }
    }

    @Test
    void aServerThatIgnoresRangesIsComparedWithWhatIsThere() throws Exception {
        leave();
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG).withRanges(Entity.Ranges.IGNORED)) {
            get(upstream, "-C").mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
        }
        leave();
        Files.delete(directory.resolve("file"));
        try (var upstream =
                ScriptedUpstream.sending("HELLO WORLD").withEtag(TAG).withRanges(Entity.Ranges.IGNORED)) {
            get(upstream, "-C").mustFailWith(102);
            staysContinuable();
        }
    }

    @Test
    void aWrongPartIsNeverPutBehind() throws Exception {
        leave();
        for (String range : new String[] {"bytes 4-10/11", "bytes 6-11/12", "bytes 5-10/12", "bytes 5-9/11", "x"}) {
            try (var upstream = ScriptedUpstream.answering(request -> Answer.status(206)
                    .line("Content-Range: " + range)
                    .line("ETag: " + TAG)
                    .body(" world"))) {
                assertThat(get(upstream, "-C").exit()).as(range).isNotZero();
                staysContinuable();
            }
        }
    }

    /** A server that has nothing behind what was asked for, as nginx answers it. */
    private static Function<RecordedRequest, Answer> unsatisfied(long total) {
        return request -> request.headers("Range").contains("bytes=11-")
                ? Answer.status(416)
                        .line("Content-Range: bytes */" + total)
                        .line("Repr-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:")
                        .body("no such range")
                : Answer.status(206)
                        .line("Content-Range: bytes 0-10/" + total)
                        .line("ETag: " + TAG)
                        .body(TEXT);
    }

    private void leaveWhole() throws Exception {
        leave();
        Files.writeString(directory.resolve("file.part"), " world", StandardOpenOption.APPEND);
    }

    @Test
    void aWholePartOnlyGetsItsName() throws Exception {
        leaveWhole();
        try (var upstream = ScriptedUpstream.answering(unsatisfied(11))) {
            get(upstream, "-C", "--checksum", "sha256:" + SHA256).mustSucceed();
            assertThat(upstream.request(0).header("Range")).isEqualTo("bytes=11-");
            assertThat(content("file")).isEqualTo(TEXT);
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void aWholePartOfWhatIsLongerNowIsOneHundredAndTwo() throws Exception {
        leaveWhole();
        try (var upstream = ScriptedUpstream.answering(unsatisfied(12))) {
            get(upstream, "-C").mustFailWith(102);
            assertThat(names()).containsExactly("file.part", "file.part.meta");
        }
    }

    @Test
    void whatIsThereCountsForTheChecksum() throws Exception {
        leave();
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG)) {
            get(upstream, "-C", "--checksum", "sha256:" + SHA256).mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
        }
        leave();
        Files.delete(directory.resolve("file"));
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG)) {
            get(upstream, "-C", "--checksum", "sha256:" + SHA256.replace('b', 'a'))
                    .mustFailWith(101);
            // Nothing will ever make it right.
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void whatIsThereCountsForTheDigestOfTheWhole() throws Exception {
        var whole = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(SHA256));
        leave();
        try (var upstream =
                ScriptedUpstream.sending(TEXT).withEtag(TAG).withLine("Repr-Digest: sha-256=:" + whole + ":")) {
            get(upstream, "-C").mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
        }
        leave();
        Files.delete(directory.resolve("file"));
        String other = whole.replace('u', 'v');
        try (var upstream =
                ScriptedUpstream.sending(TEXT).withEtag(TAG).withLine("Repr-Digest: sha-256=:" + other + ":")) {
            get(upstream, "-C").mustFailWith(101);
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void anErrorLeavesThePartAsItIs() throws Exception {
        leave();
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("an error page"))) {
            get(upstream, "-C").mustFailWith(22);
            staysContinuable();
        }
        try (var upstream = ScriptedUpstream.answering(Answer.nothing())) {
            get(upstream, "-C", "--retry", "0").mustFailWith(52);
            staysContinuable();
        }
    }

    @Test
    void whatCannotBeContinuedIsThirtySixBeforeAnythingIsSent() throws Exception {
        Files.writeString(directory.resolve("file.part"), "precious");
        try (var upstream = ScriptedUpstream.sending(TEXT)) {
            var run = get(upstream, "-C").mustFailWith(36);
            assertThat(run.stderr()).contains("file.part", "was not made by relay");
            assertThat(upstream.connections()).isZero();
            assertThat(content("file.part")).isEqualTo("precious");
        }
    }

    @Test
    void theSizeLimitIsForTheWhole() throws Exception {
        leave();
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG)) {
            get(upstream, "-C", "--max-filesize", "10").mustFailWith(63);
            staysContinuable();
            get(upstream, "-C", "--max-filesize", "11").mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
        }
    }

    @Test
    void withoutAResumeABrokenRestIsLeftForTheNextRun() throws Exception {
        leave();
        try (var upstream =
                ScriptedUpstream.sending(TEXT).withEtag(TAG).cuttingAfter(3).everyTime()) {
            get(upstream, "-C", "--no-resume").mustFailWith(18);
            assertThat(content("file.part")).isEqualTo("hello wo");
        }
        try (var upstream = ScriptedUpstream.sending(TEXT).withEtag(TAG)) {
            get(upstream, "-C", "--no-resume").mustSucceed();
            assertThat(content("file")).isEqualTo(TEXT);
        }
    }
}
