package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server asks to be left alone. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    private static @Nullable Duration read(String value) {
        var headers = new Headers(List.of(new Headers.Field("Retry-After", value)));
        return RetryAfter.of(new Head("HTTP/1.1", 503, headers), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "120 | 120",
                "Sun, 06 Nov 1994 08:49:37 GMT | 30",
                "Sunday, 06-Nov-94 08:49:37 GMT | 30",
                "Sun Nov  6 08:49:37 1994 | 30",
                "Sun, 06 Nov 1994 08:00:00 GMT | 0"
            })
    void secondsAndDatesOfAllThreeFormsAreRead(String value, long seconds) {
        assertThat(read(value)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void moreSecondsThanCanBeCountedAreALongTime() {
        assertThat(read("99999999999999999999")).isGreaterThan(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "Sun, 06 Nov 1994"})
    void whatCannotBeReadAsksForNothing(String value) {
        assertThat(read(value)).isNull();
    }
}
