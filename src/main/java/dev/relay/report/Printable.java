package dev.relay.report;

/** Text that may come from anywhere, made safe to show: what a terminal would obey is written out instead. */
final class Printable {
    private Printable() {}

    /**
     * The text with every control, line separator, invisible format character (bidirectional ones among them) and lone
     * surrogate escaped: {@code \n}, {@code \x1b}, {@code \\u202e}. One line comes out, whatever went in.
     */
    static String of(String text) {
        int first = 0;
        while (first < text.length() && isPlain(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16).append(text, 0, first);
        int at = first;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            append(shown, point);
            at += Character.charCount(point);
        }
        return shown.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static void append(StringBuilder shown, int point) {
        if (!isObeyed(point)) {
            shown.appendCodePoint(point);
        } else if (point == '\n') {
            shown.append("\\n");
        } else if (point == '\r') {
            shown.append("\\r");
        } else if (point == '\t') {
            shown.append("\\t");
        } else if (point <= 0xff) {
            hex(shown.append("\\x"), point, 2);
        } else if (point <= 0xffff) {
            hex(shown.append("\\u"), point, 4);
        } else {
            hex(shown.append("\\U"), point, 8);
        }
    }

    /** Whether a terminal, or a reader's eye, may take the character for something other than a glyph. */
    static boolean isObeyed(int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Appends the number in that many hexadecimal digits. */
    static void hex(StringBuilder out, int number, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit((number >> shift) & 0xf, 16));
        }
    }
}
