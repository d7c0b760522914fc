package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.http.Headers;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;

/** The header fields of a request, from relay's own and what the user adds, replaces and takes away. */
public final class HeaderEdits {
    private final List<Headers.Field> defaults = new ArrayList<>();
    private final List<Headers.Field> given = new ArrayList<>();
    /** The names of those that were taken away. */
    private final List<String> removed = new ArrayList<>();

    /** A field that is sent unless the user says otherwise; an empty value sends none. */
    public void preset(Option option, String name, String value) throws FaultException {
        remove(defaults, name);
        if (!value.isEmpty()) {
            defaults.add(new Headers.Field(name, checked(option, name, value)));
        }
    }

    /**
     * One {@code -H}: {@code 'N: V'} replaces relay's own field of that name, or stands beside what the user gave
     * before; {@code 'N:'} takes both away; {@code 'N;'} sends it empty.
     */
    public void edit(Option option, String line) throws FaultException {
        int colon = line.indexOf(':');
        boolean sentEmpty = colon < 0 && line.strip().endsWith(";");
        if (colon < 0 && !sentEmpty) {
            throw Misuse.of(option.name(), "a header without a colon", "'Name: value', 'Name:' or 'Name;'");
        }
        String name = sentEmpty ? line.substring(0, line.lastIndexOf(';')) : line.substring(0, colon);
        if (!Token.isToken(name)) {
            throw Misuse.of(option, Misuse.quoted(name) + " is not a header name");
        }
        String value = sentEmpty ? "" : checked(option, name, trimmed(line.substring(colon + 1)));
        remove(defaults, name);
        if (value.isEmpty() && !sentEmpty) {
            remove(given, name);
            removed.add(name);
        } else {
            given.add(new Headers.Field(name, value));
        }
    }

    /** One {@code -H} a line; empty lines count for nothing. */
    public void editAll(Option option, String text) throws FaultException {
        for (String line : text.split("\r?\n", -1)) {
            if (!line.isBlank()) {
                edit(option, line);
            }
        }
    }

    /** Whether the user has taken a field of that name away. */
    public boolean isRemoved(String name) {
        return removed.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Relay's own first, then the user's, in the order given. */
    public Headers headers() {
        var fields = new ArrayList<>(defaults);
        fields.addAll(given);
        return new Headers(fields);
    }

    private static void remove(List<Headers.Field> fields, String name) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                fields.remove(i);
            }
        }
    }

    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The value is never shown: it may be a secret. */
    private static String checked(Option option, String name, String value) throws FaultException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n') {
                throw Misuse.of(option, "the value of " + name + " holds a line break");
            }
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw Misuse.of(option, "the value of " + name + " holds a control character");
            }
            // The JDK writes fields in ASCII and would send a question mark instead, without a word.
            if (c > 0x7f) {
                throw Misuse.of(option.name(), "the value of " + name + " is not all ASCII", "encode it, RFC 8187");
            }
        }
        return value;
    }
}
