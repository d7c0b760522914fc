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
    private static final Served FIRST = new Served(0, 200, null, null, 0, 5, Ending.FIN);
    private static final Served REST = new Served(0, 206, "bytes=5-", "\"v1\"", 5, 6, null);

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
        var rest = new Served(1, 206, "bytes=5-", "\"v1\"", 5, 6, null);
        var agreeing = new Served(1, 206, "bytes=4-4", "\"v1\"", 4, 1, null);
        var contradicting = new Served(1, 206, "bytes=0-4", "\"v1\"", 0, 5, null);
        assertThat(judged(changed, after, 0, "hello WORLD", FIRST, rest)).contains("not one whole");
        assertThat(judged(changed, after, 0, "hello WORLD", FIRST, rest, contradicting))
                .contains("not one whole");
        assertThat(judged(changed, after, 0, "hello WORLD", FIRST, rest, agreeing))
                .isNull();
        var renamed = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.SAME_LENGTH);
        assertThat(judged(renamed, after, 0, "hello WORLD", FIRST, rest, agreeing))
                .contains("not one whole");
    }

    @Test
    void theChangedEntityMustHaveBeenServedFromItsStart() {
        var changed = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.SAME_LENGTH);
        var part = new Served(1, 206, "bytes=5-", "\"v1\"", 5, 6, null);
        var whole = new Served(1, 200, "bytes=5-", "\"v1\"", 0, 11, null);
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
        var chunked = of(Framing.CHUNKED, Validators.NOTHING, Change.NONE);
        assertThat(judged(chunked, "hello world", 0, "hello", FIRST)).contains("not one whole");
    }

    @Test
    void aRangeWithoutAStrongValidatorIsSeen() {
        var weak = of(Framing.LENGTH, Validators.WEAK_ETAG, Change.NONE);
        assertThat(judged(weak, "hello world", 0, "hello world", FIRST, REST)).contains("without a strong validator");
        var strong = of(Framing.LENGTH, Validators.STRONG_ETAG, Change.NONE);
        var bare = new Served(0, 206, "bytes=5-", null, 5, 6, null);
        assertThat(judged(strong, "hello world", 0, "hello world", FIRST, bare)).contains("without If-Range");
    }

    @Test
    void aSeedIsACase() {
        assertThat(Case.of(4711)).isEqualTo(Case.of(4711)).isNotEqualTo(Case.of(4712));
        assertThat(Axes.of(0)).isNotEqualTo(Axes.of(1));
    }
}
