package dev.relay.cli.value;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number and the unit behind it: {@code 1.5M}, {@code 500ms}, {@code 30}.
 *
 * @param unit in lower case; empty when there is none
 */
record Amount(BigDecimal number, String unit) {
    private static final int LONGEST = 40;

    /** Null when the text does not begin with a plain decimal number: no sign, no exponent, no NaN. */
    static @Nullable Amount read(String text) {
        int end = 0;
        int points = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            points += text.charAt(end) == '.' ? 1 : 0;
            end++;
        }
        if (end == points || points > 1 || text.length() > LONGEST) {
            return null;
        }
        return new Amount(
                new BigDecimal(text.substring(0, end)), text.substring(end).toLowerCase(Locale.ROOT));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
