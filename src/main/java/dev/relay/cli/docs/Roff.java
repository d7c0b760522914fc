package dev.relay.cli.docs;

import java.util.Locale;

/** A manual page in the man(7) macros, line by line. */
final class Roff {
    private static final int WIDTH = 78;
    private final StringBuilder page = new StringBuilder(30_000);

    Roff(String name, String date, String source) {
        page.append(".\\\" Made from the options of relay: change them, then run `make docs`.\n");
        page.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1 ").append(date);
        page.append(" \"").append(source).append("\" \"User Commands\"\n");
    }

    Roff section(String heading) {
        return macro(".SH " + heading.toUpperCase(Locale.ROOT));
    }

    Roff subsection(String heading) {
        return macro(".SS " + escaped(heading));
    }

    /** An item of a list: its tag, with its fonts, then its text. */
    Roff item(String tag, String text) {
        return macro(".TP").macro(tag).text(text);
    }

    Roff paragraph(String text) {
        return (startsSection() ? this : macro(".PP")).text(text);
    }

    /** Right behind a heading a paragraph begins by itself. */
    private boolean startsSection() {
        int line = page.lastIndexOf("\n", page.length() - 2) + 1;
        return page.indexOf(".SH ", line) == line || page.indexOf(".SS ", line) == line;
    }

    /** A line to type, indented and never broken. */
    Roff example(String line) {
        return macro(".PP")
                .macro(".RS")
                .macro(".nf")
                .macro(protectedStart(escaped(line)))
                .macro(".fi")
                .macro(".RE");
    }

    Roff text(String text) {
        Paragraph.append(page, protectedStart(escaped(text)), 0, 0, WIDTH);
        return this;
    }

    Roff macro(String line) {
        page.append(line).append('\n');
        return this;
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    /** What roff would read as its own, or typeset as something else, as it was meant. */
    static String escaped(String text) {
        var safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> safe.append("\\e");
                case '-' -> safe.append("\\-");
                case '\'' -> safe.append("\\(aq");
                case '`' -> safe.append("\\(ga");
                case '^' -> safe.append("\\(ha");
                case '~' -> safe.append("\\(ti");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private static String protectedStart(String line) {
        return line.startsWith(".") ? "\\&" + line : line;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
