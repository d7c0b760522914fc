package dev.relay.report;

import dev.relay.plan.WriteOutVariable;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the format of {@code --write-out} as curl does. What is not well formed stands for itself: {@code %x}, a brace
 * that is never closed, {@code \q}, and {@code \\} too.
 */
final class WriteOutFormat {
    private final String format;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    /** A piece of a format. */
    sealed interface Part {
        /** Itself. */
        record Literal(String text) implements Part {}

        /** {@code %{name}}. */
        record Variable(WriteOutVariable variable) implements Part {}

        /** {@code %{name}} with a name that means nothing. */
        record Unknown(String name) implements Part {}

        /** {@code %header{name}}, also written {@code %{header{name}}}: the first field of that name. */
        record HeaderField(String name) implements Part {}

        /** {@code %output{file}}, or {@code %output{>>file}}: what follows goes there. */
        record Output(String file, boolean append) implements Part {}

        // A checksum{alg} is one more part: read in function(), printed in WriteOut.
    }

    private WriteOutFormat(String format) {
        this.format = format;
    }

    static List<Part> parse(String format) {
        return new WriteOutFormat(format).parse();
    }

    private List<Part> parse() {
        while (at < format.length()) {
            char c = format.charAt(at);
            boolean last = at + 1 == format.length();
            if (c == '%' && !last) {
                percent(format.charAt(at + 1));
            } else if (c == '\\' && !last) {
                escape(format.charAt(at + 1));
            } else {
                literal.append(c);
                at++;
            }
        }
        endLiteral();
        return List.copyOf(parts);
    }

    private void escape(char c) {
        switch (c) {
            case 'n' -> literal.append('\n');
            case 'r' -> literal.append('\r');
            case 't' -> literal.append('\t');
            default -> literal.append('\\').append(c);
        }
        at += 2;
    }

    private void percent(char c) {
        if (c == '%') {
            literal.append('%');
            at += 2;
        } else if (c == '{' && (function("%{header{", "}}") || variable())) {
            return;
        } else if (!function("%header{", "}") && !function("%output{", "}")) {
            literal.append('%').append(c);
            at += 2;
        }
    }

    private boolean variable() {
        int end = format.indexOf('}', at);
        if (end < 0) {
            return false;
        }
        String name = format.substring(at + 2, end);
        WriteOutVariable variable = WriteOutVariable.named(name);
        add(variable == null ? new Part.Unknown(name) : new Part.Variable(variable), end + 1);
        return true;
    }

    private boolean function(String opening, String closing) {
        int from = at + opening.length();
        int end = format.startsWith(opening, at) ? format.indexOf(closing, from) : -1;
        if (end < 0) {
            return false;
        }
        String argument = format.substring(from, end);
        boolean append = argument.startsWith(">>");
        Part part = opening.equals("%output{")
                ? new Part.Output(append ? argument.substring(2) : argument, append)
                : new Part.HeaderField(argument);
        add(part, end + closing.length());
        return true;
    }

    private void add(Part part, int next) {
        endLiteral();
        parts.add(part);
        at = next;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
