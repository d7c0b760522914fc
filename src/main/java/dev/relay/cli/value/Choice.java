package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import java.util.List;

/** One word of a few. */
public final class Choice {
    private Choice() {}

    /** The fault of a word that is none of them, with the one that was probably meant. */
    public static FaultException none(Option option, String text, List<String> words) {
        String near = Nearest.of(text, words);
        String hint = near == null ? "one of " + String.join(", ", words) : "did you mean " + near + "?";
        return Misuse.of(option.name(), "there is no " + Misuse.quoted(text), hint);
    }
}
