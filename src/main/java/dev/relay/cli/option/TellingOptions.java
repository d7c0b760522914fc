package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Choice;
import dev.relay.cli.value.LocalInput;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Telling;
import dev.relay.plan.Telling.Progress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run tells about itself, and where. */
public final class TellingOptions {
    static final Option WRITE_OUT = Option.value(
                    "FORMAT",
                    "Print FORMAT to standard output at the end, with variables such as %{http_code}; @FILE reads it from FILE"
                            + " (@- from standard input). On failure too.",
                    "-w",
                    "--write-out")
            .completing(Completion.AT_FILE)
            .often();
    static final Option REPORT = Option.value(
                    "FILE", "Write all variables to FILE at the end, as a JSON object. On failure too.", "--report")
            .completing(Completion.FILE);
    static final Option VERBOSE = Option.flag(
                    "Show the heads of requests (marked >) and responses (<) and how connections were made (*), secrets"
                            + " redacted, on standard error.",
                    "-v",
                    "--verbose")
            .often();
    static final Option PROGRESS = Option.value(
                    "HOW",
                    "How a transfer of more than half a second is told of, on standard error: bar, a line that is"
                            + " painted again and again, on a terminal alone; json, an object a line, twice a second"
                            + " and at the end; none. Default: bar, and none with -s.",
                    "--progress")
            .completing(Completion.choice("bar", "json", "none"));
    static final Option PROGRESS_BAR = Option.flag("The same as --progress bar.", "-#", "--progress-bar");
    static final Option NO_PROGRESS_METER = Option.flag("The same as --progress none.", "--no-progress-meter");
    static final Option SILENT = Option.flag(
                    "Show no notes, and no progress unless it is asked for. Errors are still shown.", "-s", "--silent")
            .often();
    static final Option SHOW_ERROR =
            Option.flag("Show errors also with -s: the default, accepted for curl's sake.", "-S", "--show-error");
    static final Option NO_ERROR_LINE =
            Option.flag("Do not show errors: the exit code alone tells.", "--no-error-line");
    static final Option DEBUG = Option.flag("Show the stack trace of a failure.", "--debug");

    public static final OptionGroup GROUP = new OptionGroup(
            "What it tells",
            List.of(
                    WRITE_OUT,
                    REPORT,
                    VERBOSE,
                    PROGRESS,
                    PROGRESS_BAR,
                    NO_PROGRESS_METER,
                    SILENT,
                    SHOW_ERROR,
                    NO_ERROR_LINE,
                    DEBUG));

    private TellingOptions() {}

    /**
     * What is told.
     *
     * @param report where the report goes, checked
     */
    public static Telling read(Typed typed, LocalInput input, @Nullable Path report) throws FaultException {
        return new Telling(
                typed.has(SILENT),
                !typed.has(NO_ERROR_LINE),
                typed.has(VERBOSE),
                typed.has(DEBUG),
                progress(typed),
                format(typed, input),
                report);
    }

    /** The last of the options that ask for it counts, and any of them more than silence does. */
    static Progress progress(Typed typed) throws FaultException {
        Option asked = typed.lastOf(PROGRESS, PROGRESS_BAR, NO_PROGRESS_METER);
        if (asked == null) {
            return typed.has(SILENT) ? Progress.NONE : Progress.BAR;
        }
        if (asked != PROGRESS) {
            return asked == PROGRESS_BAR ? Progress.BAR : Progress.NONE;
        }
        String how = String.valueOf(typed.last(PROGRESS));
        return switch (how) {
            case "bar" -> Progress.BAR;
            case "json" -> Progress.JSON;
            case "none" -> Progress.NONE;
            default -> throw Choice.none(PROGRESS, how, PROGRESS.completion().choices());
        };
    }

    /** From a file without its line breaks, as curl has it: the format says {@code \n} where it wants one. */
    private static @Nullable String format(Typed typed, LocalInput input) throws FaultException {
        String format = typed.last(WRITE_OUT);
        if (format == null || !format.startsWith("@")) {
            return format;
        }
        return input.text(WRITE_OUT, format.substring(1)).replace("\r", "").replace("\n", "");
    }
}
