package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeSpecTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-99|bytes=0-99",
                "-500|bytes=-500",
                "100-|bytes=100-",
                "0-1,4-5|bytes=0-1,4-5",
                "0-0, -1|bytes=0-0,-1",
                "007-8|bytes=7-8",
            })
    void readsWhatCurlReads(String text, String header) throws Exception {
        assertThat(RangeSpec.parse(text).headerValue()).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "5",
                "a-b",
                "5-4",
                "0-1,",
                ",0-1",
                "0-1,,2-3",
                "--5",
                "0--5",
                "-0",
                "0-1-2",
                "bytes=0-1",
                "99999999999999999999-",
                "0-1\r\nX: y",
                "\u0661-2",
            })
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> RangeSpec.parse(text))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(ExitCode.USAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "0-4, bytes 0-4/10, true",
        "0-4, bytes 0-4/*, true",
        "0-4, bytes 0-3/4, true",
        "0-4, bytes 0-3/10, false",
        "0-4, bytes 0-3/*, false",
        "0-4, bytes 0-5/10, false",
        "1-4, bytes 0-4/10, false",
        "5-, bytes 5-9/10, true",
        "5-, bytes 5-9/*, true",
        "5-, bytes 5-8/10, false",
        "5-, bytes 0-9/10, false",
        "-3, bytes 7-9/10, true",
        "-30, bytes 0-9/10, true",
        "-3, bytes 6-9/10, false",
        "-3, bytes 7-8/10, false",
        "-3, bytes 7-9/*, true",
        "'0-1,3-4', bytes 0-1/10, false",
    })
    void knowsTheAnswerToIt(String asked, String answered, boolean fits) throws Exception {
        var part = (ContentRange.Part) ContentRange.parse(answered).orElseThrow();
        assertThat(RangeSpec.parse(asked).isAnsweredBy(part)).isEqualTo(fits);
    }
}
