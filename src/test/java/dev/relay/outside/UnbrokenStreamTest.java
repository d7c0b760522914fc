package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Gate;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that break, and go on where they broke. */
class UnbrokenStreamTest {
    private static final Entity HELLO = Entity.of("hello world").withEtag("\"v1\"");

    @TempDir
    Path directory;

    /** Gets it with short waits. */
    private static Run get(ScriptedUpstream upstream, String... more) {
        var argv = new ArrayList<>(List.of("get", "--retry-delay", "10ms", upstream.url()));
        argv.addAll(List.of(more));
        return Relay.run(argv.toArray(String[]::new));
    }

    /** The first answer breaks after five bytes; all later ones are those of another entity. */
    private static ScriptedUpstream changing(Entity before, Entity after) {
        return ScriptedUpstream.answering(
                request -> request.number() == 0 ? before.answer(request).cutAfter(5) : after.answer(request));
    }

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
    void aLastModifiedThatIsOldEnoughGuardsTheRest() throws Exception {
        String date = "Tue, 31 Dec 2024 12:00:00 GMT";
        try (var upstream =
                ScriptedUpstream.sending("hello world").withLastModified(date).resettingAfter(5)) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("If-Range")).isEqualTo(date);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag: W/\"v1\"", "Last-Modified: Wed, 01 Jan 2025 11:59:30 GMT", "X-None: 1"})
    void withoutAStrongValidatorTheWholeIsAskedForAndItsPrefixSkipped(String named) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")
                .withLine(named)
                .withLine("Date: Wed, 01 Jan 2025 12:00:00 GMT")
                .cuttingAfter(5)) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hellO world", "jello world"})
    void aPrefixThatHasChangedEndsItWithNothingMoreWritten(String changed) throws Exception {
        try (var upstream = changing(Entity.of("hello world"), Entity.of(changed))) {
            assertThat(get(upstream).mustFailWith(102).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void anotherEntityIsNotJoined() throws Exception {
        try (var upstream =
                changing(HELLO, HELLO.withContent(Content.of("other words")).withEtag("\"v2\""))) {
            assertThat(get(upstream).mustFailWith(102).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aServerThatLiesAboutItsValidatorIsFoundOutByTheBytesBeforeTheBreak() throws Exception {
        try (var upstream = changing(HELLO, HELLO.withContent(Content.of("other words")))) {
            assertThat(get(upstream).mustFailWith(102).stdout()).isEqualTo("hello");
            assertThat(upstream.requests().stream().map(request -> request.header("Range")))
                    .contains("bytes=5-", "bytes=0-4");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Entity.Ranges.class,
            names = {"WRONG_START", "WRONG_TOTAL", "OTHER_ETAG", "MULTIPART", "GARBLED", "UNTOLD"})
    void aPartThatIsNotWhatWasAskedForIsNotJoined(Entity.Ranges treatment) throws Exception {
        try (var upstream = changing(HELLO, HELLO.withRanges(treatment))) {
            assertThat(get(upstream).mustFailWithOneOf(102, 56).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aPartThatIsTooShortIsFollowedByTheNext() throws Exception {
        try (var upstream = changing(HELLO, HELLO.withRanges(Entity.Ranges.SHORT))) {
            assertThat(get(upstream, "--retry", "9").mustSucceed().stdout()).isEqualTo("hello world");
        }
    }

    @Test
    void aServerWithoutRangesIsReadAgainFromTheStart() throws Exception {
        try (var upstream = changing(HELLO, HELLO.withRanges(Entity.Ranges.IGNORED))) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
        }
    }

    @Test
    void aBreakBehindTheLastByteIsTheEndWhenTheServerSaysSo() throws Exception {
        UnaryOperator<Answer> cut = answer -> answer.chunked().cutAfter(11);
        try (var upstream = ScriptedUpstream.answering(
                request -> request.number() == 0 ? cut.apply(HELLO.answer(request)) : HELLO.answer(request))) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=11-");
        }
    }

    @Test
    void aBodyThatEndsWithItsConnectionIsAskedForMore() throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> {
            var answer = HELLO.answer(request).untilClose();
            return request.number() == 0 ? answer.cutAfter(5) : answer;
        })) {
            var run = get(upstream, "-w", " %{num_resumes}").mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello world 1");
            assertThat(run.stderr()).contains("relay: note: ", "continuing at byte 5");
        }
    }

    @Test
    void anEndThatTheServerContradictsIsNoEnd() throws Exception {
        var refusing = HELLO.withRanges(Entity.Ranges.REFUSED);
        try (var upstream = ScriptedUpstream.answering(request -> {
            var answer = refusing.answer(request);
            return request.number() == 0 ? answer.untilClose().cutAfter(5) : answer;
        })) {
            assertThat(get(upstream).mustFailWith(102).stdout()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-resume", "--retry=0"})
    void aBreakIsFinalWhereNothingIsToContinueIt(String option) throws Exception {
        try (var upstream =
                ScriptedUpstream.sending("hello world").withEtag("\"v1\"").cuttingAfter(5)) {
            assertThat(get(upstream, option).mustFailWith(18).stdout()).isEqualTo("hello");
            assertThat(upstream.requests()).hasSize(1);
        }
        try (var upstream =
                ScriptedUpstream.sending("hello world").withEtag("\"v1\"").resettingAfter(5)) {
            assertThat(get(upstream, option).mustFailWith(56).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aBreakThatNothingResumesEndsInItsOwnCode() throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> request.number() == 0
                ? HELLO.answer(request).cutAfter(5)
                : Answer.status(503).line("Retry-After: 0"))) {
            assertThat(get(upstream).mustFailWith(18).stdout()).isEqualTo("hello");
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    @Test
    void aStallIsABreak() throws Exception {
        try (var upstream =
                ScriptedUpstream.sending("hello world").withEtag("\"v1\"").stallingAfter(5)) {
            var run = get(upstream, "--idle-timeout", "500ms");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=5-");
        }
    }

    @Test
    void leavesAConnectionOnWhichNothingComesAnyMore() throws Exception {
        var dead = new Gate();
        try (var upstream = ScriptedUpstream.answering(
                        request -> request.connection() == 0 ? stalled(request, dead) : HELLO.answer(request))
                .overHttp2()
                .as(TlsIdentity.ofLocalhost())) {
            var run = get(upstream, "-k", "--idle-timeout", "700ms");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=5-");
        }
    }

    /** Half of the first answer, and nothing at all on the same connection after that. */
    private static Answer stalled(RecordedRequest request, Gate dead) {
        return request.number() == 0 ? HELLO.answer(request).pauseAfter(5, dead) : Answer.silence();
    }

    @Test
    void theRestIsAskedForWhereTheRedirectLed() throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> switch (request.number()) {
            case 0 -> Answer.redirect(302, "/signed");
            case 1 -> HELLO.answer(request).cutAfter(5);
            default -> HELLO.answer(request);
        })) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(2).target()).isEqualTo("/signed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void aRedirectThatHasExpiredIsFollowedAnew(int status) throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> switch (request.target()) {
            case "/old" -> request.number() == 1 ? HELLO.answer(request).cutAfter(5) : Answer.status(status);
            case "/new" -> HELLO.answer(request);
            default -> Answer.redirect(302, request.number() == 0 ? "/old" : "/new");
        })) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.requests().stream().map(RecordedRequest::target))
                    .startsWith("/", "/old", "/old", "/", "/new");
        }
    }

    @Test
    void aFileIsWholeOrNotThere() throws Exception {
        Path file = directory.resolve("file");
        try (var upstream =
                ScriptedUpstream.sending("hello world").withEtag("\"v1\"").cuttingAfter(5)) {
            get(upstream, "-o", file.toString()).mustSucceed();
            assertThat(file).hasContent("hello world");
        }
        Files.delete(file);
        try (var upstream =
                changing(HELLO, HELLO.withContent(Content.of("other words")).withEtag("\"v2\""))) {
            get(upstream, "-o", file.toString()).mustFailWith(102);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aBodyThatBreaksOftenIsStillOne() throws Exception {
        var content = Content.noise(7, 300_001);
        var entity = Entity.of(content).withEtag("\"v1\"");
        try (var upstream = ScriptedUpstream.answering(request -> request.number() > 16
                ? entity.answer(request)
                : entity.answer(request)
                        .cutAfter(9_999, request.number() % 2 == 0 ? Answer.Cut.FIN : Answer.Cut.RESET))) {
            assertThat(get(upstream, "--retry", "50").mustSucceed().stdoutBytes())
                    .isEqualTo(content.bytes());
        }
    }

    @Test
    void aSecondWholeWithoutALengthNeverBringsMoreThanTheFirstPromised() throws Exception {
        var longer = Answer.ok("hello world and more").line("ETag: \"v1\"").chunked();
        try (var upstream = ScriptedUpstream.answering(
                Answer.ok("hello world").line("ETag: \"v1\"").cutAfter(5), longer)) {
            var run = get(upstream).mustFailWith(102);

            assertThat("hello world").startsWith(run.stdout());
        }
    }

    @Test
    void anEndOfTheConnectionIsNoEndWhenTheWholeIsKnownToBeLonger() throws Exception {
        var cut = Answer.ok("hello").line("ETag: \"v1\"").untilClose();
        try (var upstream =
                ScriptedUpstream.answering(cut, Answer.ok("hello world").line("ETag: \"v1\""))) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
        }
    }

    @Test
    void anEndOfTheConnectionProvesNothingOfAResourceThatHasChangedSince() throws Exception {
        var first = Answer.ok("hello").line("ETag: \"v1\"").untilClose();
        try (var upstream =
                ScriptedUpstream.answering(first, Answer.ok("hello world").line("ETag: \"v2\""))) {
            assertThat(get(upstream).mustFailWith(102).stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aBodyWhoseRestIsRefusedForGoodEndsAsTheBreakDid() throws Exception {
        var cut = Answer.ok("hello world").line("ETag: \"v1\"").cutAfter(5);
        try (var upstream = ScriptedUpstream.answering(cut, Answer.status(404))) {
            var run = get(upstream).mustFailWithOneOf(18, 56);

            assertThat(run.stdout()).isEqualTo("hello");
            assertThat(run.stderr()).contains("404");
        }
    }

    @Test
    void aResponseWithTwoTagsNamesNoState() throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> {
            var answer = HELLO.answer(request).line("ETag: \"" + request.number() + "\"");
            return request.number() == 0 ? answer.cutAfter(5) : answer;
        })) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.request(1).header("Range")).isNull();
        }
    }

    @Test
    void anEndOfTheConnectionIsBelievedWhenItComesTwiceAtTheSameByte() throws Exception {
        var whole = Answer.ok("hello world").line("ETag: \"v1\"").untilClose();
        var cut = Answer.ok("hello").line("ETag: \"v1\"").untilClose();
        var nearly = Answer.ok("hello worl").line("ETag: \"v1\"").untilClose();
        try (var upstream = ScriptedUpstream.answering(cut, nearly, whole)) {
            assertThat(get(upstream).mustSucceed().stdout()).isEqualTo("hello world");
            assertThat(upstream.requests()).hasSize(4);
        }
    }
}
