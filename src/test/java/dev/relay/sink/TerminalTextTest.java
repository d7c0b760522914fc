package dev.relay.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalTextTest {

    /** What arrives, a byte a character; and what is shown, its bytes a character too. */
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("plain text", "plain text"),
                arguments("a\tb\nc", "a\tb\nc"),
                arguments("a\r\nb\r\n", "a\nb\n"),
                arguments("50%\r100%", "50%^M100%"),
                arguments("a\r\r\nb", "a^M\nb"),
                arguments("end\r", "end^M"),
                arguments("\u001B[31mred\u001B[0m", "^[[31mred^[[0m"),
                arguments("\u001B]0;title\u0007", "^[]0;title^G"),
                arguments("\u0001\u0008\u000B\u000C\u001F\u007F", "^A^H^K^L^_^?"),
                arguments(
                        "\u00C3\u00A9\u00E2\u0082\u00AC\u00F0\u009F\u0098\u0080",
                        "\u00C3\u00A9\u00E2\u0082\u00AC\u00F0\u009F\u0098\u0080"),
                arguments("\u00C2\u009B31m", "\\u009b31m"),
                arguments("\u00C2\u0080\u00C2\u009F\u00C2\u00A0", "\\u0080\\u009f\u00C2\u00A0"),
                arguments("\u00E2\u0080\u00AEtxt.exe", "\\u202etxt.exe"),
                arguments("\u00E2\u0081\u00A6x\u00E2\u0081\u00A9", "\\u2066x\\u2069"),
                arguments("\u00D8\u009C\u00E2\u0080\u008E\u00E2\u0080\u008F", "\\u061c\\u200e\\u200f"),
                arguments("\u00E2\u0080\u008D", "\u00E2\u0080\u008D"),
                arguments("caf\u00E9", "caf\\xe9"),
                arguments("caf\u00E9\nx", "caf\\xe9\nx"),
                arguments("\u009B31m", "\\x9b31m"),
                arguments("\u00C0\u00AF", "\\xc0\\xaf"),
                arguments("\u00E0\u0080\u00AF", "\\xe0\\x80\\xaf"),
                arguments("\u00ED\u00A0\u0080", "\\xed\\xa0\\x80"),
                arguments("\u00F4\u0090\u0080\u0080", "\\xf4\\x90\\x80\\x80"),
                arguments("\u00F5\u00FF", "\\xf5\\xff"),
                arguments("\u00C3\u00C3\u00A9", "\\xc3\u00C3\u00A9"),
                arguments("\u00E2\u0082", "\\xe2\\x82"),
                arguments("\u00E2\u0082\r\n", "\\xe2\\x82\n"),
                arguments("\u00C3\u001B[m", "\\xc3^[[m"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void showsControlsAndObeysNone(String bytes, String shown) throws Exception {
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        for (int size = 1; size <= all.length; size++) {
            assertThat(inPieces(all, size)).as("in pieces of " + size).isEqualTo(shown);
        }
    }

    @Test
    void nothingThatItShowsIsObeyed() throws Exception {
        var random = new Random(20251120);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(64)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = bytes[at] == 0 ? 1 : bytes[at];
            }
            String shown = inPieces(bytes, 1 + random.nextInt(8));
            String text = new String(shown.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            assertThat(text.codePoints().filter(TerminalTextTest::isObeyed)).isEmpty();
        }
    }

    private static boolean isObeyed(int point) {
        return point == 0xFFFD || (Character.isISOControl(point) && point != '\n' && point != '\t');
    }

    @Test
    void refusesBinaryDataBeforeAnyOfItIsShown() {
        assertThatThrownBy(() -> inPieces(new byte[] {'P', 'K', 3, 4, 0}, 5))
                .isInstanceOfSatisfying(FaultException.class, e -> {
                    assertThat(e.fault().code()).isEqualTo(ExitCode.OUTPUT_FAILED);
                    assertThat(e.fault().hint()).contains("a file or a pipe", "--raw");
                });
    }

    @Test
    void aNulFarFromTheStartIsShown() throws Exception {
        byte[] bytes = "a".repeat(2001).getBytes(StandardCharsets.US_ASCII);
        bytes[1999] = 0;
        assertThatThrownBy(() -> inPieces(bytes, 1000)).isInstanceOf(FaultException.class);
        bytes[1999] = 'a';
        bytes[2000] = 0;
        assertThat(inPieces(bytes, 1000)).endsWith("a^@");
    }

    private static String inPieces(byte[] bytes, int size) throws Exception {
        var text = new TerminalText();
        var shown = new StringBuilder();
        for (int from = 0; from < bytes.length; from += size) {
            var piece = ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from));
            shown.append(StandardCharsets.ISO_8859_1.decode(text.shown(piece)));
            assertThat(piece.hasRemaining()).isFalse();
        }
        return shown.append(StandardCharsets.ISO_8859_1.decode(text.end())).toString();
    }
}
