package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Durations;
import dev.relay.cli.value.Sizes;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a transfer may take, how fast it must be and may be, how large it may get. */
public final class LimitOptions {
    static final Option CONNECT_TIMEOUT = Option.value(
            "TIME",
            "The longest time for name look-up, connection and TLS handshake together. Default: 30.",
            "--connect-timeout");
    static final Option FIRST_BYTE_TIMEOUT = Option.value(
            "TIME",
            "The longest time from the sent request to the head of the response. Default: the time of"
                    + " --idle-timeout.",
            "--first-byte-timeout");
    static final Option IDLE_TIMEOUT = Option.value(
                    "TIME",
                    "The longest silence of the server; time spent waiting for the reader of the output does not count."
                            + " Default: 5m; no limit for text/event-stream and both directions at once.",
                    "--idle-timeout")
            .often();
    static final Option MAX_TIME = Option.value(
                    "TIME",
                    "The longest time for the whole run, redirects included. Default: no limit.",
                    "-m",
                    "--max-time")
            .often();
    static final Option SPEED_LIMIT = Option.value(
            "BYTES",
            "The least speed, in bytes a second of waiting for the server, over the time of --speed-time. Default: 1"
                    + " when only --speed-time is given, else no limit.",
            "-Y",
            "--speed-limit");
    static final Option SPEED_TIME = Option.value(
            "TIME",
            "How long the speed may stay below --speed-limit. Default: 30 when only --speed-limit is given.",
            "-y",
            "--speed-time");
    static final Option LIMIT_RATE = Option.value(
                    "BYTES", "The highest speed, in bytes a second. Default: no limit.", "--limit-rate")
            .often();
    static final Option MAX_FILESIZE = Option.value(
            "BYTES",
            "The largest body; a larger one ends the run with exit code 63, before any of it is written when its length"
                    + " is announced. Default: no limit.",
            "--max-filesize");

    public static final OptionGroup TIMES = new OptionGroup(
            "Exchange",
            "Time limits (30, 1.5, 500ms, 2m, 1h; 0: no limit)",
            List.of(CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, MAX_TIME, SPEED_LIMIT, SPEED_TIME));
    public static final OptionGroup SIZES = new OptionGroup(
            "Where the bytes go",
            "Size and rate (500, 64K, 1.5M, 2G: powers of 1024; 0: no limit)",
            List.of(LIMIT_RATE, MAX_FILESIZE));

    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration SLOW = Duration.ofSeconds(30);

    private LimitOptions() {}

    public static Limits read(Typed typed) throws FaultException {
        return new Limits(
                duration(typed, CONNECT_TIMEOUT, CONNECT),
                duration(typed, FIRST_BYTE_TIMEOUT, null),
                duration(typed, IDLE_TIMEOUT, IDLE),
                typed.has(IDLE_TIMEOUT),
                duration(typed, MAX_TIME, null),
                speed(typed),
                size(typed, MAX_FILESIZE, null),
                rate(typed));
    }

    static @Nullable Long rate(Typed typed) throws FaultException {
        return size(typed, LIMIT_RATE, null);
    }

    private static Limits.@Nullable Speed speed(Typed typed) throws FaultException {
        if (!typed.has(SPEED_LIMIT) && !typed.has(SPEED_TIME)) {
            return null;
        }
        Long least = size(typed, SPEED_LIMIT, 1L);
        Duration over = duration(typed, SPEED_TIME, SLOW);
        return least == null || over == null ? null : new Limits.Speed(least, over);
    }

    private static @Nullable Duration duration(Typed typed, Option option, @Nullable Duration otherwise)
            throws FaultException {
        String text = typed.last(option);
        return text == null ? otherwise : Durations.read(option, text);
    }

    private static @Nullable Long size(Typed typed, Option option, @Nullable Long otherwise) throws FaultException {
        String text = typed.last(option);
        return text == null ? otherwise : Sizes.read(option, text);
    }
}
