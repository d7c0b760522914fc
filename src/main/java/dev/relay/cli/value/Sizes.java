package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers of bytes as people type them: {@code 500}, {@code 64K}, {@code 1.5M}; the units are powers of 1024. */
public final class Sizes {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Sizes() {}

    /** Bytes unless a unit says otherwise, rounded down; null for 0, which means no limit. */
    public static @Nullable Long read(Option option, String text) throws FaultException {
        Amount amount = Amount.read(text);
        long unit = amount == null ? 0 : bytes(amount.unit());
        if (amount == null || unit == 0) {
            throw Misuse.of(
                    option.name(), Misuse.quoted(text) + " is not a number of bytes", "such as 500, 64K, 1.5M or 2G");
        }
        BigDecimal exact = amount.number().multiply(BigDecimal.valueOf(unit));
        BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
        if (whole.compareTo(LARGEST) > 0) {
            throw Misuse.of(option, Misuse.quoted(text) + " is too large");
        }
        if (whole.signum() == 0 && exact.signum() != 0) {
            throw Misuse.of(option, Misuse.quoted(text) + " is less than a byte");
        }
        return whole.signum() == 0 ? null : whole.longValueExact();
    }

    private static long bytes(String unit) {
        return switch (unit) {
            case "", "b" -> 1;
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            case "t" -> 1L << 40;
            case "p" -> 1L << 50;
            default -> 0;
        };
    }
}
