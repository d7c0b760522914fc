package dev.relay.io.coding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contexts of literals are those of RFC 7932 §7.1. */
class BrotliContextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 32, 0",
        "33, 47, 1",
        "48, 57, 2",
        "58, 64, 1",
        "65, 90, 2",
        "91, 96, 1",
        "97, 122, 3",
        "123, 126, 1",
        "127, 223, 0",
        "224, 255, 2"
    })
    void inTextTheByteBeforeCountsByItsKind(int from, int to, int kind) {
        for (int before = from; before <= to; before++) {
            assertThat(BrotliContext.ofLiteral(2, 0, before))
                    .as("byte " + before)
                    .isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 15, 1",
        "16, 63, 2",
        "64, 127, 3",
        "128, 191, 4",
        "192, 239, 5",
        "240, 254, 6",
        "255, 255, 7"
    })
    void numbersCountByTheirSize(int from, int to, int size) {
        for (int value = from; value <= to; value++) {
            assertThat(BrotliContext.ofLiteral(3, value, 0)).as("byte " + value).isEqualTo(8 * size);
            assertThat(BrotliContext.ofLiteral(3, 0, value)).as("byte " + value).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8, 0", "9, 4", "10, 4", "13, 4", "31, 0", "32, 8", "33, 12", "34, 16", "37, 20", "44, 32", "46, 36", "48, 44",
        "57, 44", "59, 32", "61, 40", "65, 48", "66, 52", "90, 52", "97, 56", "98, 60", "122, 60", "126, 12", "127, 0",
        "128, 0", "191, 1", "192, 2", "255, 3"
    })
    void inTextTheLatestByteCountsByItsMeaning(int latest, int context) {
        assertThat(BrotliContext.ofLiteral(2, latest, 0)).isEqualTo(context);
    }

    @Test
    void sixBitsCountByThemselves() {
        assertThat(BrotliContext.ofLiteral(0, 0xff, 7)).isEqualTo(0x3f);
        assertThat(BrotliContext.ofLiteral(1, 0x84, 7)).isEqualTo(0x21);
    }
}
