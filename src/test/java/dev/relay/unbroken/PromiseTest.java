package dev.relay.unbroken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Entity;
import dev.relay.unbroken.Axes.Change;
import dev.relay.unbroken.Axes.Ending;
import dev.relay.unbroken.Axes.Framing;
import dev.relay.unbroken.Axes.Validators;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge of the matrix sees what it is there to see. */
class PromiseTest {
    private static final List<String> V1 = List.of("\"v1\"");
    private static final Served FIRST = new Served(0, 200, null, null, null, V1, 5, Ending.FIN);
    private static final Served REST = part(0, "bytes=5-", "bytes 5-10/11", 6);

    private static Served part(int version, String range, String contentRange, long length) {
        return new Served(version, 206, range, "\"v1\"", contentRange, V1, length, null);
    }

    private static Case of(Framing framing, Validators validators, Change change) {
        var axes = new Axes(Ending.FIN, framing, validators, Entity.Ranges.HONOURED, change);
        List<Step> steps = List.of(new Step.Breaks(Step.Point.MIDDLE));
        var alteration = new Alteration(Alteration.Touch.ALL, 0, 1);
        return new Case(0, axes, 11, steps, alteration, false, false, true, 0, 1, 1, false, false);
    }

    private static @Nullable String judged(Case what, String after, int exit, String out, Served... log) {
        byte[][] bytes = {utf8("hello world"), utf8(after)};
        return new Promise(what, bytes, bytes, List.of(log)).broken(exit, utf8(out));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aWholeEntityAndATruePrefixAreWhatIsPromised() {
        var same = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.NONE);
        assertThat(judged(same, "hello world", 0, "hello world", FIRST, REST)).isNull();
        var changed = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.SAME_LENGTH);
        assertThat(judged(changed, "other words", 102, "hello", FIRST)).isNull();
    }

    @Test
    void aByteTooManyTooFewOrTwiceIsSeen() {
        var same = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.NONE);
        for (String out :
                new String[] {"", "hello", "helloo world", "hello worl", "hello worldd", "hellohello world"}) {
            assertThat(judged(same, "hello world", 0, out, FIRST, REST)).contains("not one whole");
        }
        assertThat(judged(same, "hello world", 18, "helloo", FIRST, REST)).contains("not a true prefix");
    }

    @Test
    void aFailureThatWasNotNecessaryIsSeen() {
        var same = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.NONE);
        assertThat(judged(same, "hello world", 18, "hello", FIRST)).contains("could have been mended");
        assertThat(judged(same, "hello world", 125, "hello", FIRST)).contains("relay's own");
    }

    @Test
    void aSpliceIsSeenUnlessNothingCouldTell() {
        var changed = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.SAME_VALIDATOR);
        String after = "HELLo WORLD";
        var rest = part(1, "bytes=5-", "bytes 5-10/11", 6);
        var agreeing = part(1, "bytes=4-4", "bytes 4-4/11", 1);
        var contradicting = part(1, "bytes=0-4", "bytes 0-4/11", 5);
        assertThat(judged(changed, after, 0, "hello WORLD", FIRST, rest)).contains("not one whole");
        assertThat(judged(changed, after, 0, "hello WORLD", FIRST, rest, contradicting))
                .contains("not one whole");
        assertThat(judged(changed, after, 0, "hello WORLD", FIRST, rest, agreeing))
                .isNull();
        var other = new Served(1, 206, "bytes=5-", "\"v1\"", "bytes 5-10/11", List.of("\"v2\""), 6, null);
        var renamed = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.SAME_LENGTH);
        assertThat(judged(renamed, after, 0, "hello WORLD", FIRST, other, agreeing))
                .contains("not one whole");
    }

    @Test
    void theChangedEntityMustHaveBeenServedFromItsStart() {
        var changed = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.SAME_LENGTH);
        var part = part(1, "bytes=5-", "bytes 5-10/11", 6);
        var whole = new Served(1, 200, "bytes=5-", "\"v1\"", null, List.of("\"v2\""), 11, null);
        assertThat(judged(changed, "hello WORLD", 0, "hello WORLD", FIRST, part))
                .contains("not one whole");
        assertThat(judged(changed, "hello WORLD", 0, "hello WORLD", FIRST, whole))
                .isNull();
    }

    @Test
    void onlyABodyThatEndsWithItsConnectionMayEndUnnoticed() {
        var untold = of(Framing.CLOSE, Validators.NOTHING, Change.NONE);
        assertThat(judged(untold, "hello world", 0, "hello", FIRST)).isNull();
        assertThat(judged(untold, "hello world", 0, "hell", FIRST)).contains("not one whole");
        var guarded = of(Framing.CLOSE, Validators.STRONG_ETAG, Change.NONE);
        var refused = new Served(0, 416, "bytes=5-", "\"v1\"", "bytes */11", List.of(), 0, null);
        var ignored = new Served(0, 200, "bytes=5-", "\"v1\"", null, V1, 11, null);
        assertThat(judged(guarded, "hello world", 0, "hello", FIRST)).contains("not one whole");
        assertThat(judged(guarded, "hello world", 0, "hello", FIRST, REST)).contains("not one whole");
        assertThat(judged(guarded, "hello world", 0, "hello", FIRST, refused)).contains("not one whole");
        assertThat(judged(guarded, "hello world", 0, "hello", FIRST, ignored)).isNull();
        var chunked = of(Framing.CHUNKED, Validators.NOTHING, Change.NONE);
        assertThat(judged(chunked, "hello world", 0, "hello", FIRST)).contains("not one whole");
    }

    @Test
    void aRangeWithoutAStrongValidatorIsSeen() {
        var weak = of(Framing.LENGTH, Validators.WEAK_ETAG, Change.NONE);
        var nameless = new Served(0, 200, null, null, null, List.of(), 5, Ending.FIN);
        assertThat(judged(weak, "hello world", 0, "hello world", nameless, REST))
                .contains("without a strong validator");
        var strong = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.NONE);
        var bare = new Served(0, 206, "bytes=5-", null, "bytes 5-10/11", V1, 6, null);
        assertThat(judged(strong, "hello world", 0, "hello world", FIRST, bare)).contains("without If-Range");
    }

    @Test
    void aSeedIsACase() {
        assertThat(Case.of(4711)).isEqualTo(Case.of(4711)).isNotEqualTo(Case.of(4712));
        assertThat(Axes.of(0)).isNotEqualTo(Axes.of(1));
    }
}
