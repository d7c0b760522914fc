package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;

/** Faults of the command line: exit code 2, found before anything is sent. */
public final class Misuse {
    private static final int SHOWN = 60;

    private Misuse() {}

    public static FaultException of(String where, String why) {
        return fault(where, why).exception();
    }

    public static FaultException of(Option option, String why) {
        return of(option.name(), why);
    }

    public static FaultException of(String where, String why, String hint) {
        return fault(where, why).withHint(hint).exception();
    }

    /** Two options of which only one can hold. */
    public static FaultException exclusive(Option one, Option other) {
        return of(one.name(), "excludes " + other.name());
    }

    private static Fault fault(String where, String why) {
        return Fault.of(ExitCode.USAGE, where, why);
    }

    /** What was typed, in quotes, on one line and short enough to be read. */
    public static String quoted(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN).concat("…") : text;
        return "'" + onOneLine(shown) + "'";
    }

    /** The text with a question mark for each character that would break or garble a line. */
    public static String onOneLine(String text) {
        var line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return line.toString();
    }
}
