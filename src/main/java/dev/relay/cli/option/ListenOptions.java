package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Reception;
import dev.relay.plan.Telling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one client is received, and what its answer is called. */
public final class ListenOptions {
    private static final String BYTES = "application/octet-stream";

    static final Option TYPE = Option.value(
                    "TYPE",
                    "The media type of the answer, such as text/plain. Default: application/octet-stream.",
                    "--type")
            .completing(Completion.choice(
                    "application/json",
                    "application/gzip",
                    BYTES,
                    "application/pdf",
                    "application/x-tar",
                    "application/zip",
                    "image/jpeg",
                    "image/png",
                    "text/csv",
                    "text/event-stream",
                    "text/html",
                    "text/plain"))
            .often();

    private static final OptionGroup GROUP = new OptionGroup("The answer", List.of(TYPE));
    private static final OptionGroup TERMINAL = new OptionGroup("On a terminal", List.of(OutputOptions.RAW));
    private static final OptionGroup TELLING = new OptionGroup(
            "What it tells",
            List.of(
                    TellingOptions.PROGRESS,
                    TellingOptions.PROGRESS_BAR,
                    TellingOptions.NO_PROGRESS_METER,
                    TellingOptions.SILENT,
                    TellingOptions.SHOW_ERROR,
                    TellingOptions.NO_ERROR_LINE,
                    TellingOptions.DEBUG));

    public static final List<OptionGroup> ALL =
            List.of(ListenerOptions.GROUP, GROUP, TERMINAL, TELLING, ConfigOptions.GROUP, CommonOptions.GROUP);

    private ListenOptions() {}

    public static Reception read(Typed typed, Surroundings surroundings) throws FaultException {
        if (!typed.operands().isEmpty()) {
            throw Misuse.of(Misuse.onOneLine(typed.operands().getFirst()), "listen takes no operand");
        }
        var input = new LocalInput(surroundings);
        // Nobody types an answer to what they do not see.
        boolean answered = !surroundings.isTerminal(0) || surroundings.isTerminal(1);
        return new Reception(
                ListenerOptions.place(typed, input),
                ListenerOptions.entrance(typed, surroundings, input),
                answered,
                type(typed.last(TYPE)),
                typed.has(OutputOptions.RAW),
                ListenerOptions.patience(typed),
                new Telling(
                        typed.has(TellingOptions.SILENT),
                        !typed.has(TellingOptions.NO_ERROR_LINE),
                        false,
                        typed.has(TellingOptions.DEBUG),
                        TellingOptions.progress(typed),
                        null,
                        null));
    }

    private static String type(@Nullable String text) throws FaultException {
        if (text == null) {
            return BYTES;
        }
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        int slash = text.indexOf('/');
        if (!printable || slash < 1 || slash == text.length() - 1) {
            throw Misuse.of(TYPE.name(), Misuse.quoted(text) + " is not a media type", "such as text/plain");
        }
        return text;
    }
}
