package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as people type them: {@code 30}, {@code 1.5}, {@code 500ms}, {@code 2m}, {@code 1h}. */
public final class Durations {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Durations() {}

    /** Seconds unless a unit says otherwise; null for 0, which means no limit. At most 292 years. */
    public static @Nullable Duration read(Option option, String text) throws FaultException {
        Amount amount = Amount.read(text);
        long unit = amount == null ? 0 : nanoseconds(amount.unit());
        if (amount == null || unit == 0) {
            throw Misuse.of(
                    option.name(), Misuse.quoted(text) + " is not a duration", "such as 30, 1.5, 500ms, 2m or 1h");
        }
        BigDecimal nanos = amount.number().multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.CEILING);
        if (nanos.compareTo(LONGEST) > 0) {
            throw Misuse.of(option, Misuse.quoted(text) + " is too long");
        }
        return nanos.signum() == 0 ? null : Duration.ofNanos(nanos.longValueExact());
    }

    private static long nanoseconds(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "", "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0;
        };
    }
}
