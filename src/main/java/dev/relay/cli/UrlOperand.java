package dev.relay.cli;

import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Nearest;
import dev.relay.http.Url;
import dev.relay.outcome.FaultException;
import java.util.List;

/** The one URL among the operands. */
final class UrlOperand {
    private UrlOperand() {}

    static String only(Typed typed) throws FaultException {
        List<String> operands = typed.operands();
        if (operands.isEmpty()) {
            throw Misuse.of("", "a URL is missing", "relay --help");
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
        boolean isWord = first.chars().allMatch(Character::isLetter) && !first.equals("localhost");
        if (isWord) {
            String near = Nearest.of(first, Verbs.NAMES);
            return near == null
                    ? Misuse.of(first, "unknown command", "relay --help lists them")
                    : Misuse.of(first, "unknown command", "did you mean " + near + "?");
        }
        return Misuse.of(shown(second), "a second URL; relay takes one");
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
