package dev.relay.report;

import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259), value by value; the commas are put where they belong. */
final class Json {
    private final StringBuilder out = new StringBuilder(1024);
    private final String separator;
    private int depth;

    /** @param separator what stands between two members of the outermost value: a comma, perhaps with white space */
    Json(String separator) {
        this.separator = separator;
    }

    Json open(char bracket) {
        separate();
        depth++;
        out.append(bracket);
        return this;
    }

    Json close(char bracket) {
        depth--;
        out.append(bracket);
        return this;
    }

    Json name(String name) {
        text(name);
        out.append(':');
        return this;
    }

    /** A string, or null. */
    Json text(@Nullable String value) {
        separate();
        if (value == null) {
            out.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    /** A number or a literal, spelled as JSON wants it. */
    Json literal(String value) {
        separate();
        out.append(value);
        return this;
    }

    /** White space between two values, for people. */
    Json space(String text) {
        out.append(text);
        return this;
    }

    /** All that was written. */
    @Override
    public String toString() {
        return out.toString();
    }

    private void separate() {
        int at = out.length() - 1;
        while (at >= 0 && out.charAt(at) <= ' ') {
            at--;
        }
        char last = at < 0 ? ':' : out.charAt(at);
        if (last != ':' && last != '{' && last != '[') {
            out.append(depth == 1 ? separator : ",");
        }
    }

    private void quote(String value) {
        out.append('"');
        int at = 0;
        while (at < value.length()) {
            int point = value.codePointAt(at);
            character(point);
            at += Character.charCount(point);
        }
        out.append('"');
    }

    private void character(int point) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                // More than RFC 8259 §7 asks for: a report read on a terminal must not command it.
                if (Printable.isObeyed(point)) {
                    for (char unit : Character.toChars(point)) {
                        Printable.hex(out.append("\\u"), unit, 4);
                    }
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
