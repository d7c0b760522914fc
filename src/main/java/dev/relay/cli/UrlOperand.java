package dev.relay.cli;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Nearest;
import dev.relay.http.Url;
import dev.relay.outcome.FaultException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one URL among the operands. */
final class UrlOperand {
    private UrlOperand() {}

    static String only(Typed typed) throws FaultException {
        List<String> operands = typed.operands();
        if (operands.isEmpty()) {
            Option taker = typed.takerOfUrl();
            throw Misuse.of(
                    "", "a URL is missing", taker == null ? "relay --help" : taker + " has taken one for its value");
        }
        if (operands.size() > 1 && operands.contains("-")) {
            throw Misuse.of("-", "is not a URL", "-C takes no value, and finds out by itself where to continue");
        }
        if (operands.size() > 1) {
            throw oneTooMany(operands.getFirst(), operands.get(1));
        }
        String url = operands.getFirst();
        if (url.equals("-")) {
            throw Misuse.of("-", "is not a URL");
        }
        return url;
    }

    /** Often the first of two is a command: one that is unknown, or one behind the options. */
    private static FaultException oneTooMany(String first, String second) {
        if (Verbs.NAMES.contains(first)) {
            return Misuse.of(shown(second), "a command comes first, before its options", "relay " + first + " ...");
        }
        return isWord(first) ? unknownCommand(first) : Misuse.of(shown(second), "a second URL; relay takes one");
    }

    private static boolean isWord(String operand) {
        return operand.chars().allMatch(Character::isLetter) && !operand.equals("localhost");
    }

    /** The command that was probably meant by a word that is none; null when it is no word, or far from all. */
    static @Nullable String meant(String word) {
        return isWord(word) ? Nearest.of(word, Verbs.NAMES) : null;
    }

    /** The fault of a word where a command belongs. */
    static FaultException unknownCommand(String word) {
        String near = Nearest.of(word, Verbs.NAMES);
        String hint = near == null ? "relay --help lists them" : "did you mean " + near + "?";
        return Misuse.of(Misuse.onOneLine(word), "unknown command", hint);
    }

    /** As it was typed, but without its credentials. */
    private static String shown(String url) {
        if (url.indexOf('@') < 0) {
            return Misuse.onOneLine(url);
        }
        try {
            return Url.parse(url).toString();
        } catch (FaultException e) {
            return e.fault().where();
        }
    }
}
