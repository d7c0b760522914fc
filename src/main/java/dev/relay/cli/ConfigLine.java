package dev.relay.cli;

import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file of options, in curl's syntax.
 *
 * @param name with its dashes; a name without them is a long one
 * @param value null for none
 */
record ConfigLine(String name, @Nullable String value) {

    /**
     * Reads a line; null for one that says nothing.
     *
     * @param where the file and the number of the line, for faults, which never show what stands there
     */
    static @Nullable ConfigLine read(String line, String where) throws FaultException {
        String text = line.strip();
        if (text.isEmpty() || "#/*".indexOf(text.charAt(0)) >= 0) {
            return null;
        }
        boolean dashed = text.startsWith("-");
        int end = 0;
        while (end < text.length() && !isEnd(text.charAt(end), dashed)) {
            end++;
        }
        String name = dashed ? text.substring(0, end) : "--" + text.substring(0, end);
        int start = end;
        while (start < text.length() && isEnd(text.charAt(start), dashed)) {
            start++;
        }
        return new ConfigLine(name, start == text.length() ? null : value(text.substring(start), where));
    }

    /** Behind a name with dashes, only a blank begins a value. */
    private static boolean isEnd(char c, boolean dashed) {
        return Character.isWhitespace(c) || (!dashed && (c == '=' || c == ':'));
    }

    private static @Nullable String value(String text, String where) throws FaultException {
        if (text.startsWith("#")) {
            return null;
        }
        if (text.startsWith("\"")) {
            return quoted(text, where);
        }
        int blank = 0;
        while (blank < text.length() && !Character.isWhitespace(text.charAt(blank))) {
            blank++;
        }
        checkRest(text.substring(blank), where);
        return text.substring(0, blank);
    }

    private static String quoted(String text, String where) throws FaultException {
        var value = new StringBuilder();
        for (int at = 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                checkRest(text.substring(at + 1), where);
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = switch (text.charAt(++at)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 'v' -> '\u000B';
                    default -> text.charAt(at);
                };
            }
            value.append(c);
        }
        throw Misuse.of(where, "the quotes are not closed");
    }

    private static void checkRest(String rest, String where) throws FaultException {
        String more = rest.strip();
        if (!more.isEmpty() && !more.startsWith("#")) {
            throw Misuse.of(where, "more follows the value", "a value with blanks stands in double quotes");
        }
    }
}
