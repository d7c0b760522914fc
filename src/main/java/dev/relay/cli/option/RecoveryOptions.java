package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Conditions;
import dev.relay.cli.value.Durations;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Numbers;
import dev.relay.cli.value.Sizes;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Parallel;
import dev.relay.plan.Recovery;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done about requests that fail and bodies that break, and the ranges in which a body is fetched. */
public final class RecoveryOptions {
    static final Option RETRY = Option.value(
                    "N",
                    "How many tries may follow the first: before the body for what is expected to pass (statuses 408, 429, 500,"
                            + " 502, 503, 504, resets, time-outs), then to continue a body that broke. A try that brought 64 KiB"
                            + " or more sets the count back. Default: 3; 0: none, and nothing is continued.",
                    "--retry")
            .often();
    static final Option RETRY_DELAY = Option.value(
            "TIME",
            "The time between two tries (2, 500ms), unless the server says another (Retry-After, RFC 9110 section"
                    + " 10.2.3). Default: one second, doubled with each try to at most a minute, with a jitter of a"
                    + " quarter; what brought bytes before it broke is continued at once.",
            "--retry-delay");
    static final Option RETRY_MAX_TIME = Option.value(
            "TIME",
            "How long after the first request tries may begin, and wait for the head of an answer (30, 5m). Default, and"
                    + " 0: no limit.",
            "--retry-max-time");
    static final Option RETRY_ALL_ERRORS = Option.flag(
            "Before the body, try again after any failure of the server or of the way to it, for any status of 400 or"
                    + " more and with any method; but not when a certificate is not trusted.",
            "--retry-all-errors");
    static final Option RETRY_CONNREFUSED =
            Option.flag("Before the body, try again also when the connection was refused.", "--retry-connrefused");
    static final Option RETRY_ON = Option.value(
                    "LIST",
                    "Before the body, try again for these alone, with any method: statuses (503), 4xx, 5xx, reset, timeout,"
                            + " refused, dns. Comma-separated. A body that broke is continued all the same.",
                    "--retry-on")
            .completing(Completion.choice("5xx", "4xx", "reset", "timeout", "refused", "dns"));
    static final Option NO_RESUME =
            Option.flag("Do not continue a body that broke: the run ends with exit code 18, 28 or 56.", "--no-resume");
    static final Option PARALLEL = Option.value(
                    "N",
                    "Fetch the body in ranges over N connections (streams of one connection over HTTP/2), and write them in"
                            + " order. The server must serve ranges and name a strong validator (RFC 9110 section 8.8);"
                            + " otherwise one connection does it all, with a note; when it refuses some, the others do. Only for"
                            + " GET, and one range at most. 1 to 16; default: 1.",
                    "--parallel")
            .often();
    static final Option SEGMENT_SIZE = Option.value(
            "BYTES",
            "The size of one range of --parallel, 64K to 256M; N times as much may wait in memory. Default: 4M, less"
                    + " with --limit-rate.",
            "--segment-size");

    public static final OptionGroup GROUP = new OptionGroup(
            "Unbroken streams",
            List.of(
                    RETRY,
                    RETRY_DELAY,
                    RETRY_MAX_TIME,
                    RETRY_ALL_ERRORS,
                    RETRY_CONNREFUSED,
                    RETRY_ON,
                    NO_RESUME,
                    PARALLEL,
                    SEGMENT_SIZE));

    private static final int RETRIES = 3;
    private static final int MOST_CONNECTIONS = 16;
    private static final long LEAST_SEGMENT = 64 * 1024;
    private static final long LARGEST_SEGMENT = 256L * 1024 * 1024;
    private static final long SEGMENT = 4L * 1024 * 1024;
    private static final List<Integer> STATUSES = List.of(408, 429, 500, 502, 503, 504);

    private RecoveryOptions() {}

    public static Recovery read(Typed typed) throws FaultException {
        String retries = typed.last(RETRY);
        boolean all = typed.has(RETRY_ALL_ERRORS);
        String on = typed.last(RETRY_ON);
        return new Recovery(
                retries == null ? RETRIES : Numbers.read(RETRY, retries, 0, Integer.MAX_VALUE),
                delay(typed),
                duration(typed, RETRY_MAX_TIME),
                on == null ? usual(typed, all) : listed(typed, on),
                all || on != null,
                !typed.has(NO_RESUME));
    }

    private static Recovery.Transient usual(Typed typed, boolean all) {
        return new Recovery.Transient(all, true, true, typed.has(RETRY_CONNREFUSED), false, STATUSES);
    }

    private static Recovery.Transient listed(Typed typed, String on) throws FaultException {
        for (Option other : new Option[] {RETRY_ALL_ERRORS, RETRY_CONNREFUSED}) {
            if (typed.has(other)) {
                throw Misuse.exclusive(RETRY_ON, other);
            }
        }
        return Conditions.read(RETRY_ON, on);
    }

    /** Unlike a limit, a delay of nothing is a delay. */
    private static @Nullable Duration delay(Typed typed) throws FaultException {
        Duration delay = duration(typed, RETRY_DELAY);
        return delay == null && typed.has(RETRY_DELAY) ? Duration.ZERO : delay;
    }

    private static @Nullable Duration duration(Typed typed, Option option) throws FaultException {
        String text = typed.last(option);
        return text == null ? null : Durations.read(option, text);
    }

    /** The ranges in which the body is fetched; null for one response. */
    static @Nullable Parallel parallel(Typed typed) throws FaultException {
        String text = typed.last(PARALLEL);
        if (text == null) {
            if (typed.has(SEGMENT_SIZE)) {
                throw Misuse.of(SEGMENT_SIZE, "needs --parallel");
            }
            return null;
        }
        int connections = Numbers.read(PARALLEL, text, 1, MOST_CONNECTIONS);
        long size = segmentSize(typed, connections);
        return connections == 1 ? null : new Parallel(connections, (int) size);
    }

    private static long segmentSize(Typed typed, int connections) throws FaultException {
        String text = typed.last(SEGMENT_SIZE);
        if (text != null) {
            Long size = Sizes.read(SEGMENT_SIZE, text);
            if (size == null || size < LEAST_SEGMENT || size > LARGEST_SEGMENT) {
                throw Misuse.of(SEGMENT_SIZE, Misuse.quoted(text) + " is not a size from 64K to 256M");
            }
            return size;
        }
        Long rate = LimitOptions.rate(typed);
        // What the connections bring together before anybody is held back must not be a burst of seconds.
        return rate == null ? SEGMENT : Math.clamp(rate / connections, LEAST_SEGMENT, SEGMENT);
    }
}
