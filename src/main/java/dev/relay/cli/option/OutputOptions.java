package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Sizes;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery.OnError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the bytes go. */
public final class OutputOptions {
    static final Option OUTPUT = Option.value(
                    "FILE",
                    "Write the body to FILE: beside it as FILE.part, moved into place only when complete; until then an"
                            + " old FILE stays as it is. A device or a FIFO is written straight through; - is standard"
                            + " output.",
                    "-o",
                    "--output")
            .completing(Completion.FILE)
            .often();
    static final Option REMOTE_NAME = Option.flag(
                    "Write the body to a file named like the last part of the URL's path, made safe. An existing file is never"
                            + " replaced.",
                    "-O",
                    "--remote-name")
            .often();
    static final Option REMOTE_HEADER_NAME = Option.flag(
            "As -O, but the name that the server gives in Content-Disposition (RFC 6266), made safe, comes first.",
            "-J",
            "--remote-header-name");
    static final Option OUTPUT_DIR = Option.value(
                    "DIR", "The directory for the file of -o, -O or -J. Default: the current one.", "--output-dir")
            .completing(Completion.DIRECTORY);
    static final Option CREATE_DIRS = Option.flag("Make the directories that the output files need.", "--create-dirs");
    static final Option NO_CLOBBER = Option.flag(
            "Keep an existing file and write beside it, to the first free of FILE.1, FILE.2 and so on.",
            "--no-clobber");
    static final Option TEE = Option.value(
                    "FILE", "Write the body to FILE too, as -o does; - is standard output. Repeatable.", "--tee")
            .completing(Completion.FILE)
            .often();
    static final Option CONTINUE = Option.flag(
                    "Continue the FILE.part that an earlier run left, guarded by the validator that was saved beside it; where"
                            + " there is no part, start from the beginning. Takes no value, unlike curl's. A part that cannot be"
                            + " continued ends the run with exit code 36, a resource that has changed with 102; the part stays.",
                    "-C",
                    "--continue")
            .often();
    static final Option HOLD = Option.flag(
                    "Let nothing out before the body is complete and verified: in memory first, beyond 4 MiB in an unlinked"
                            + " file in $TMPDIR or /tmp. Files hold everything back anyway.",
                    "--hold")
            .often();
    static final Option HOLD_LIMIT = Option.value(
            "BYTES",
            "The most that --hold holds back; a larger body ends the run with exit code 23. Default: 1G; 0: no limit.",
            "--hold-limit");
    static final Option INCLUDE = Option.flag(
                    "Write the heads of the responses before the body.", "-i", "--include", "--show-headers")
            .often();
    static final Option DUMP_HEADER = Option.value(
                    "FILE", "Write the heads of the responses to FILE; - is standard output.", "-D", "--dump-header")
            .completing(Completion.FILE);
    static final Option RAW = Option.flag(
            "On a terminal, write the body as it is. Without the option, binary data is refused there with exit code 23,"
                    + " and control characters are shown, not obeyed.",
            "--raw");
    static final Option NO_BUFFER =
            Option.flag("Hold nothing back: the default, accepted for curl's sake.", "-N", "--no-buffer");
    static final Option FAIL = Option.flag(
            "With a status of 400 or more, write nothing and end with exit code 22: the default.", "-f", "--fail");
    static final Option FAIL_WITH_BODY = Option.flag(
                    "With a status of 400 or more, write the body and end with exit code 22.", "--fail-with-body")
            .often();
    static final Option NO_FAIL = Option.flag(
                    "With a status of 400 or more, write the body and end with exit code 0: the status changes nothing.",
                    "--no-fail")
            .often();

    public static final OptionGroup GROUP = new OptionGroup(
            "Where the bytes go",
            List.of(
                    OUTPUT,
                    REMOTE_NAME,
                    REMOTE_HEADER_NAME,
                    OUTPUT_DIR,
                    CREATE_DIRS,
                    NO_CLOBBER,
                    TEE,
                    CONTINUE,
                    HOLD,
                    HOLD_LIMIT,
                    INCLUDE,
                    DUMP_HEADER,
                    RAW,
                    NO_BUFFER,
                    FAIL,
                    FAIL_WITH_BODY,
                    NO_FAIL));

    private static final Long HELD = 1L << 30;

    private OutputOptions() {}

    static OnError onError(Typed typed) throws FaultException {
        Option chosen = null;
        for (Option option : new Option[] {FAIL, FAIL_WITH_BODY, NO_FAIL}) {
            if (typed.has(option)) {
                if (chosen != null) {
                    throw Misuse.exclusive(chosen, option);
                }
                chosen = option;
            }
        }
        return chosen == NO_FAIL ? OnError.DELIVER : chosen == FAIL_WITH_BODY ? OnError.FAIL_WITH_BODY : OnError.FAIL;
    }

    /** How much may be held back; null when nothing is. */
    static @Nullable Long hold(Typed typed) throws FaultException {
        String limit = typed.last(HOLD_LIMIT);
        if (!typed.has(HOLD)) {
            if (limit != null) {
                throw Misuse.of(HOLD_LIMIT, "needs --hold");
            }
            return null;
        }
        if (limit == null) {
            return HELD;
        }
        Long most = Sizes.read(HOLD_LIMIT, limit);
        return most == null ? Long.valueOf(Long.MAX_VALUE) : most;
    }

    /** The value of an option that names one place: given twice, it must be the same one. */
    static @Nullable String only(Typed typed, Option option) throws FaultException {
        List<String> values = typed.all(option);
        for (String value : values) {
            if (!value.equals(values.getFirst())) {
                throw Misuse.of(option, "names two places");
            }
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
