package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

    @Test
    void readsWhatTheStandardAllows() {
        assertThat(ContentRange.parse("bytes 0-4/10")).contains(new ContentRange.Part(0, 4, OptionalLong.of(10)));
        assertThat(ContentRange.parse("Bytes 5-5/6")).contains(new ContentRange.Part(5, 5, OptionalLong.of(6)));
        assertThat(ContentRange.parse("bytes 0-4/*")).contains(new ContentRange.Part(0, 4, OptionalLong.empty()));
        assertThat(ContentRange.parse("bytes */10")).contains(new ContentRange.Unsatisfied(10));
        assertThat(ContentRange.parse("bytes */0")).contains(new ContentRange.Unsatisfied(0));
        assertThat(ContentRange.parse("bytes 0-9223372036854775806/9223372036854775807"))
                .contains(new ContentRange.Part(0, Long.MAX_VALUE - 1, OptionalLong.of(Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes ",
                "bytes 0-4",
                "bytes 0-4/",
                "bytes /10",
                "bytes -4/10",
                "bytes 0-/10",
                "bytes 4-0/10",
                "bytes 0-10/10",
                "bytes */*",
                "bytes 0-4/5 ",
                "bytes  0-4/5",
                "bytes 0 - 4/5",
                "bytes=0-4/10",
                "bytes 0-4,6-7/10",
                "bytes +0-4/10",
                "bytes 0-4/-1",
                "bytes 0x0-4/10",
                "items 0-4/10",
                "bytes 0-9223372036854775808/*",
                "bytes 0-4/99999999999999999999",
                "bytes \u0660-4/10",
            })
    void refusesEverythingElse(String value) {
        assertThat(ContentRange.parse(value)).isEmpty();
    }

    @Test
    void aPartKnowsWhetherItIsTheTail() {
        assertThat(new ContentRange.Part(5, 9, OptionalLong.of(10)).isTail()).isTrue();
        assertThat(new ContentRange.Part(5, 8, OptionalLong.of(10)).isTail()).isFalse();
        assertThat(new ContentRange.Part(5, 9, OptionalLong.empty()).isTail()).isFalse();
        assertThat(new ContentRange.Part(5, 9, OptionalLong.empty()).length()).isEqualTo(5);
    }

    @Test
    void anImpossiblePartCannotBeMade() {
        assertThatThrownBy(() -> new ContentRange.Part(5, 4, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContentRange.Part(0, 4, OptionalLong.of(4)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
