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
    private final List<WriteOutPart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    private WriteOutFormat(String format) {
        this.format = format;
    }

    static List<WriteOutPart> parse(String format) {
        return new WriteOutFormat(format).parse();
    }

    private List<WriteOutPart> parse() {
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
        } else if (c == '{' && (function("%{header{", "}}") || function("%{checksum{", "}}") || variable())) {
            return;
        } else if (!function("%header{", "}") && !function("%checksum{", "}") && !function("%output{", "}")) {
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
        add(variable == null ? new WriteOutPart.Unknown(name) : new WriteOutPart.Variable(variable), end + 1);
        return true;
    }

    private boolean function(String opening, String closing) {
        int from = at + opening.length();
        int end = format.startsWith(opening, at) ? format.indexOf(closing, from) : -1;
        if (end < 0) {
            return false;
        }
        String argument = format.substring(from, end);
        add(part(opening, argument), end + closing.length());
        return true;
    }

    private static WriteOutPart part(String opening, String argument) {
        if (opening.endsWith("header{")) {
            return new WriteOutPart.HeaderField(argument);
        }
        if (opening.endsWith("checksum{")) {
            return new WriteOutPart.Checksum(argument);
        }
        boolean append = argument.startsWith(">>");
        return new WriteOutPart.Output(append ? argument.substring(2) : argument, append);
    }

    private void add(WriteOutPart part, int next) {
        endLiteral();
        parts.add(part);
        at = next;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new WriteOutPart.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
