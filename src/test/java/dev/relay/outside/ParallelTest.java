package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.DigestAlgorithm;
import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Gate;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.Sums;
import dev.relay.support.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are fetched in ranges, several at a time. */
class ParallelTest {
    private static final int SEGMENT = 64 * 1024;
    /** What each segment but the first has before its first byte. */
    private static final int LEAD = 4096;

    private static final Content CONTENT = Content.noise(1, 1_000_003);
    private static final Entity ENTITY = Entity.of(CONTENT).withEtag("\"v1\"");

    @TempDir
    Path directory;

    private static String[] get(String url, String... more) {
        var argv = new ArrayList<String>(List.of("get", "--parallel", "4", "--segment-size", "64K"));
        argv.addAll(List.of(more));
        argv.add(url);
        return argv.toArray(String[]::new);
    }

    private static ScriptedUpstream serving() {
        return ScriptedUpstream.sending(ENTITY);
    }

    /** The number of the segment that a request asks for, -1 when it asks for none or for the rest of one. */
    private static int segment(RecordedRequest request) {
        String range = request.header("Range");
        if (range == null) {
            return -1;
        }
        long first = Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
        long begin = first == 0 ? 0 : first + LEAD;
        return begin % SEGMENT == 0 ? (int) (begin / SEGMENT) : -1;
    }

    /** Answers the first request for each of these segments otherwise. */
    private static Function<RecordedRequest, Answer> spoiling(Set<Integer> segments, UnaryOperator<Answer> how) {
        Set<Integer> left = ConcurrentHashMap.newKeySet();
        left.addAll(segments);
        return request -> left.remove(segment(request)) ? how.apply(ENTITY.answer(request)) : ENTITY.answer(request);
    }

    private static void assertWhole(Run run) {
        assertThat(run.mustSucceed().stdoutBytes()).isEqualTo(CONTENT.bytes());
    }

    private static void assertPrefix(Run run) {
        byte[] written = run.stdoutBytes();
        assertThat(written).isEqualTo(CONTENT.slice(0, written.length).bytes());
        assertThat(written.length).isLessThan((int) CONTENT.length());
    }

    @Test
    void writesTheSegmentsInOrder() throws Exception {
        try (var upstream = serving()) {
            assertWhole(Relay.run(get(upstream.url())));

            assertThat(upstream.requests()).hasSize(16);
            assertThat(upstream.requests().stream().map(request -> request.header("Range")))
                    .contains("bytes=0-65535", "bytes=61440-131071", "bytes=978944-1000002");
            assertThat(upstream.connections()).isEqualTo(4);
        }
    }

    @Test
    void usesStreamsOfOneConnectionOverHttp2() throws Exception {
        try (var upstream = serving().as(TlsIdentity.ofLocalhost()).overHttp2()) {
            assertWhole(Relay.run(get(upstream.url(), "-k")));

            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSegmentThatHasNotBegunIsWaitedForEvenWhenAllBeforeAreThere() throws Exception {
        var gate = new Gate();
        var stalled = new Gate();
        // Their last bytes are there, their ends are not: nobody asks for segment 4.
        Set<Integer> last = Set.of(2, 3);
        try (var upstream = ScriptedUpstream.answering(request -> {
                    var answer = ENTITY.answer(request).chunked();
                    return last.contains(segment(request))
                            ? answer.pauseAfter(LEAD + SEGMENT, segment(request) == 2 ? stalled : gate)
                            : answer;
                });
                var running = Relay.start(get(upstream.url(), "--parallel", "2"))) {
            stalled.awaitArrival();
            gate.awaitArrival();
            running.stdout().await(4 * SEGMENT);
            stalled.open();
            gate.open();
            assertWhole(running.end());
        }
    }

    @ParameterizedTest
    @EnumSource(Answer.Cut.class)
    void eachSegmentIsContinuedWhereItBroke(Answer.Cut cut) throws Exception {
        Set<Integer> broken = Set.of(0, 1, 2, 5, 9, 15);
        try (var upstream = ScriptedUpstream.answering(spoiling(broken, answer -> answer.cutAfter(10_000, cut)))) {
            var run = Relay.run(get(upstream.url(), "-w", "%{stderr}%{num_resumes} resumes"));

            assertWhole(run);
            assertThat(run.stderr()).contains("6 resumes");
            // A reset may overtake what was sent before it: the rest begins there or before.
            // Each is asked for, and what was before it, if anything was.
            assertThat(upstream.requests()).hasSizeBetween(22, 28);
            assertThat(upstream.requests())
                    .allMatch(request -> request.number() == 0 || "\"v1\"".equals(request.header("If-Range")));
        }
    }

    @Test
    void aStreamThatIsResetIsContinuedOverHttp2() throws Exception {
        Set<Integer> broken = Set.of(1, 4, 15);
        try (var upstream = ScriptedUpstream.answering(
                        spoiling(broken, answer -> answer.cutAfter(10_000, Answer.Cut.RESET_STREAM)))
                .as(TlsIdentity.ofLocalhost())
                .overHttp2()) {
            assertWhole(Relay.run(get(upstream.url(), "-k")));
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.Cut.class,
            names = {"FIN", "RESET"})
    void aSegmentWhoseLastByteIsThereIsWhole(Answer.Cut cut) throws Exception {
        // A reset may overtake what was sent before it: then there is something to continue.
        UnaryOperator<Answer> cutting = answer -> answer.chunked().cutAfter(answer.length(), cut);
        try (var upstream = ScriptedUpstream.answering(spoiling(Set.of(0, 3, 9, 15), cutting))) {
            assertWhole(Relay.run(get(upstream.url())));
            if (cut == Answer.Cut.FIN) {
                assertThat(upstream.requests()).hasSize(16);
            }
        }
    }

    @Test
    void aSegmentThatStallsIsContinued() throws Exception {
        var never = new Gate();
        try (var upstream =
                ScriptedUpstream.answering(spoiling(Set.of(0, 6), answer -> answer.pauseAfter(30_000, never)))) {
            assertWhole(Relay.run(get(upstream.url(), "--idle-timeout", "300ms")));
        }
    }

    @Test
    void aSegmentThatIsShortIsContinued() throws Exception {
        try (var upstream = ScriptedUpstream.answering(spoiling(Set.of(3, 15), answer -> answer.shortenedTo(5)))) {
            assertWhole(Relay.run(get(upstream.url(), "--idle-timeout", "300ms")));
        }
    }

    @ParameterizedTest
    @CsvSource({"--retry, 0", "--no-resume,"})
    void noSegmentIsContinuedUnlessItMayBe(String option, String value) throws Exception {
        try (var upstream = ScriptedUpstream.answering(spoiling(Set.of(3), answer -> answer.cutAfter(100)))) {
            var options = value == null ? new String[] {option} : new String[] {option, value};
            var run = Relay.run(get(upstream.url(), options));

            assertPrefix(run.mustFailWith(18));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Entity.Ranges.class,
            names = {"WRONG_START", "WRONG_TOTAL", "OTHER_ETAG", "MULTIPART", "GARBLED", "UNTOLD"})
    void aSegmentOfSomethingElseEndsIt(Entity.Ranges treatment) throws Exception {
        Entity other = ENTITY.withRanges(treatment);
        try (var upstream =
                ScriptedUpstream.answering(request -> (segment(request) == 7 ? other : ENTITY).answer(request))) {
            assertPrefix(Relay.run(get(upstream.url())).mustFailWith(102));
        }
    }

    @Test
    void anEntityThatChangedMeanwhileEndsIt() throws Exception {
        Entity other = Entity.of(Content.noise(2, CONTENT.length())).withEtag("\"v2\"");
        try (var upstream =
                ScriptedUpstream.answering(request -> (request.number() < 6 ? ENTITY : other).answer(request))) {
            assertPrefix(Relay.run(get(upstream.url())).mustFailWith(102));
            assertThat(upstream.requests().size()).isLessThan(16);
        }
    }

    @Test
    void theWholeInsteadOfASegmentIsNoSegment() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                request -> segment(request) == 5 ? ENTITY.whole() : ENTITY.answer(request))) {
            assertPrefix(Relay.run(get(upstream.url(), "--retry-delay", "10ms")).mustFailWith(33));
        }
        try (var upstream = ScriptedUpstream.answering(spoiling(Set.of(5), _ -> ENTITY.whole()))) {
            assertWhole(Relay.run(get(upstream.url(), "--retry-delay", "10ms")));
        }
    }

    @Test
    void aServerThatIsBusyForAMomentIsAskedAgain() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                spoiling(Set.of(2, 8), _ -> Answer.status(503).body("busy").line("Retry-After: 0")))) {
            assertWhole(Relay.run(get(upstream.url(), "--retry-delay", "10ms")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "closed", "503", "403"})
    void goesOnWithTheConnectionsThatTheServerAllows(String how) throws Exception {
        var refusal = switch (how) {
            case "reset" -> Answer.reset();
            case "closed" -> Answer.nothing();
            default -> Answer.status(Integer.parseInt(how)).body("enough").closing();
        };
        try (var upstream =
                ScriptedUpstream.answering(request -> request.connection() < 2 ? ENTITY.answer(request) : refusal)) {
            var run = Relay.run(get(upstream.url()));

            assertWhole(run);
            assertThat(run.stderr()).contains("one connection fewer");
        }
    }

    private static ScriptedUpstream undivided(String how) {
        return switch (how) {
            case "no ranges" -> serving().withRanges(Entity.Ranges.IGNORED);
            case "a weak validator" -> serving().withEtag("W/\"v1\"");
            case "no validator" -> ScriptedUpstream.sending(CONTENT);
            default ->
                ScriptedUpstream.answering(request -> request.header("Range") == null
                        ? ENTITY.whole()
                        : Answer.status(206)
                                .body(CONTENT.slice(0, SEGMENT))
                                .line("ETag: \"v1\"")
                                .line("Content-Range: bytes 0-65535/*"));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"no ranges", "a weak validator", "no validator", "an unknown length"})
    void oneConnectionDoesItAllWhenTheServerCannot(String how) throws Exception {
        try (var upstream = undivided(how)) {
            var run = Relay.run(get(upstream.url()));

            assertWhole(run);
            assertThat(run.stderr()).contains("relay: note: --parallel: ", "one connection does it all");
            assertThat(upstream.requests().size()).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100-, 100, 1000002",
        "0-199999, 0, 199999",
        "70000-70001, 70000, 70001",
        "900000-5000000, 900000, 1000002",
        "-300000, 700003, 1000002"
    })
    void aRangeIsDividedToo(String range, int first, int last) throws Exception {
        try (var upstream = serving()) {
            var run = Relay.run(get(
                    upstream.url(), "-r", range, "-D", directory.resolve("head").toString()));

            assertThat(run.mustSucceed().stdoutBytes())
                    .isEqualTo(CONTENT.slice(first, last + 1).bytes());
            assertThat(directory.resolve("head"))
                    .content()
                    .startsWith("HTTP/1.1 206 ")
                    .containsIgnoringCase("content-length: " + (last - first + 1) + "\r\n")
                    .containsIgnoringCase("content-range: bytes " + first + "-" + last + "/1000003\r\n");
        }
    }

    @Test
    void aRangeBehindTheEndIsRefused() throws Exception {
        try (var upstream = serving()) {
            Relay.run(get(upstream.url(), "-r", "2000000-")).mustFailWith(33);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 4 * SEGMENT, 4 * SEGMENT + 1})
    void anyLengthIsWhole(int length) throws Exception {
        var content = Content.noise(3, length);
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"")) {
            var run = Relay.run(get(upstream.url()));

            assertThat(run.mustSucceed().stdoutBytes()).isEqualTo(content.bytes());
            assertThat(run.stderr()).isEmpty();
            assertThat(upstream.requests()).hasSize(length == 0 ? 2 : (length + SEGMENT - 1) / SEGMENT);
        }
    }

    @Test
    void theHeadIsOneOfTheWhole() throws Exception {
        try (var upstream = serving()) {
            var run = Relay.run(get(upstream.url(), "-i")).mustSucceed();

            String head = run.stdout().substring(0, run.stdout().indexOf("\r\n\r\n"));
            assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("content-length: 1000003");
            assertThat(head).doesNotContainIgnoringCase("content-range");
            assertThat(run.stdoutBytes()).hasSize(head.length() + 4 + 1_000_003);
        }
    }

    private static final int LARGE = 64 << 20;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSlowReaderHoldsTheServerBack(boolean http2) throws Exception {
        var content = Content.noise(2, LARGE);
        var gate = new Gate();
        var reader = new SlowReader(100_000, gate);
        var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"");
        try (var scripted = http2 ? upstream.as(TlsIdentity.ofLocalhost()).overHttp2() : upstream) {
            try (var running = Relay.writingTo(reader).starting(get(scripted.url(), "-k"))) {
                gate.awaitArrival();
                long before = -1;
                // What is on its way comes to rest; that nothing moves for a while is what there is to see.
                for (long now = scripted.sent(); now != before; now = scripted.sent()) {
                    before = now;
                    Thread.sleep(300);
                }
                // The window is 256 KiB: the rest is what four connections hold.
                assertThat(scripted.sent()).isLessThan(LARGE / 2);
                gate.open();
                running.end().mustSucceed();
            }
            assertThat(reader.taken()).isEqualTo(LARGE);
        }
    }

    @Test
    void aReaderThatLeavesEndsAllConnections() throws Exception {
        try (var upstream = ScriptedUpstream.sending(
                        Entity.of(Content.noise(1, 1L << 40)).withEtag("\"v1\""));
                var reader = new LeavingReader(300_000)) {
            Relay.writingTo(reader).with(get(upstream.url())).mustEndSilentlyWith(141);

            for (int i = 0; i < 4; i++) {
                upstream.awaitLeaving(i);
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByTheLengthOfTheWhole() throws Exception {
        try (var upstream = serving()) {
            var run = Relay.run(get(upstream.url(), "--max-filesize", "1000002"));
            assertThat(run.mustFailWith(63).stdoutBytes()).isEmpty();
            assertWhole(Relay.run(get(upstream.url(), "--max-filesize", "1000003")));
        }
    }

    @Test
    void theRateIsThatOfAllTogether() throws Exception {
        try (var upstream = serving()) {
            long start = System.nanoTime();
            assertWhole(Relay.run(get(upstream.url(), "--limit-rate", "800K")));
            // 1.22 s; four times the rate would be a third of a second.
            assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    void aTimeLimitEndsIt() throws Exception {
        try (var upstream = serving().stallingAfter(1000).everyTime()) {
            Relay.run(get(upstream.url(), "--max-time", "500ms")).mustFailWith(28);
        }
    }

    @Test
    void theChecksumIsThatOfTheWhole() throws Exception {
        try (var upstream = serving()) {
            String right = Sums.hex(DigestAlgorithm.SHA_256, CONTENT.bytes());
            assertWhole(Relay.run(get(upstream.url(), "--checksum", "sha256:" + right)));
            Path file = directory.resolve("file");
            Relay.run(get(upstream.url(), "-o", file.toString(), "--checksum", "md5:" + "0".repeat(32)))
                    .mustFailWith(101);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aFileAppearsWhenAllSegmentsAreThere() throws Exception {
        Path file = directory.resolve("file");
        try (var upstream = ScriptedUpstream.answering(spoiling(Set.of(1, 7), answer -> answer.cutAfter(5)))) {
            Relay.run(get(upstream.url(), "-o", file.toString())).mustSucceed();
            assertThat(file).hasBinaryContent(CONTENT.bytes());
        }
    }

    @Test
    void whatIsLeftOfAFileIsContinued() throws Exception {
        Path file = directory.resolve("file");
        try (var upstream =
                ScriptedUpstream.answering(request -> request.number() < 6 ? ENTITY.answer(request) : Answer.reset())) {
            Relay.run(get(upstream.url(), "-C", "-o", file.toString(), "--retry", "0"))
                    .mustFailWithOneOf(52, 56);
            assertThat(file).doesNotExist();
        }
        assertThat(names()).isNotEmpty();
        try (var upstream = serving()) {
            Relay.run(get(upstream.url(), "-C", "-o", file.toString())).mustSucceed();
            assertThat(file).hasBinaryContent(CONTENT.bytes());
            assertThat(names()).containsExactly("file");
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void whatCannotBeDividedIsAMisuse() throws Exception {
        try (var upstream = serving()) {
            for (var options : new String[][] {
                {"-X", "POST"},
                {"-X", "HEAD"},
                {"-r", "0-1,5-9"},
                {"-H", "Range: bytes=0-1"},
                {"-H", "If-Range: \"v1\""}
            }) {
                var run = Relay.run(get(upstream.url(), options)).mustFailWith(2);
                assertThat(run.stderr()).contains("--parallel");
            }
            Relay.run("head", "--parallel", "2", upstream.url()).mustFailWith(2);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void aPartThatIsNotTheOneThatWasAskedForIsSaidToBe() throws Exception {
        // A server that names the range that was asked for, though it has less.
        var boasting = Answer.status(206)
                .line("ETag: \"v1\"")
                .line("Content-Range: bytes 0-65535/11")
                .body("hello world");
        try (var upstream = ScriptedUpstream.answering(boasting, Answer.ok("hello world"))) {
            var run = Relay.run(get(upstream.url())).mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello world");
            assertThat(run.stderr()).contains("sent another part than the one it was asked for");
        }
    }

    @Test
    void aSegmentThatDoesNotFitToTheOneBeforeEndsItUnderTheSameTagToo() throws Exception {
        var other = Entity.of(Content.noise(99, CONTENT.length())).withEtag("\"v1\"");
        try (var upstream = ScriptedUpstream.answering(
                request -> segment(request) == 5 ? other.answer(request) : ENTITY.answer(request))) {
            var run = Relay.run(get(upstream.url())).mustFailWith(102);

            assertPrefix(run);
            assertThat(run.stdoutBytes().length).isLessThanOrEqualTo(5 * SEGMENT);
        }
    }
}
