package dev.relay.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of cookies are read in every form that servers have for them (RFC 6265, section 5.1.1). */
class CookieDateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT  | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994       | 1994-11-06T08:49:37Z",
                "06 nov 2037 08:49:37           | 2037-11-06T08:49:37Z",
                "Wed, 09-Jun-21 1:1:1 GMT       | 2021-06-09T01:01:01Z",
                "Wed, 09-Jun-70 01:01:01 GMT    | 1970-06-09T01:01:01Z",
                "Wed, 09-Jun-69 01:01:01 GMT    | 2069-06-09T01:01:01Z",
            })
    void aDateIsRead(String text, Instant moment) {
        assertThat(CookieDate.parse(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "Sun, 06 Nov 1994",
                "06 Nov 1600 01:01:01",
                "31 Feb 2030 01:01:01",
                "06 Nov 2030 24:00:00"
            })
    void whatIsNoDateIsNone(String text) {
        assertThat(CookieDate.parse(text)).isNull();
    }
}
