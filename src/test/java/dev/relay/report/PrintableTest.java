package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shown of text that a terminal would obey. */
class PrintableTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("plain text, 100 %", "plain text, 100 %"),
                Arguments.of("gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude00", "gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude00"),
                Arguments.of("two\nlines\r\n", "two\\nlines\\r\\n"),
                Arguments.of("tab\there", "tab\\there"),
                Arguments.of("\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"),
                Arguments.of("bell\u0007 nul\0 del\u007f", "bell\\x07 nul\\x00 del\\x7f"),
                Arguments.of("c1 \u009b31m", "c1 \\x9b31m"),
                Arguments.of("evil\u202egnp.exe", "evil\\u202egnp.exe"),
                Arguments.of("isolate\u2066 mark\u200f", "isolate\\u2066 mark\\u200f"),
                Arguments.of("line\u2028separator\u2029", "line\\u2028separator\\u2029"),
                Arguments.of("tag\udb40\udc41", "tag\\U000e0041"),
                Arguments.of("lone\ud800 surrogate", "lone\\ud800 surrogate"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void showsWhatATerminalWouldObey(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
    }
}
