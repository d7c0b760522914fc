package dev.relay.cli.docs;

/** Text broken into lines. */
final class Paragraph {
    private Paragraph() {}

    /**
     * Appends the words of a text in lines that end with a line break.
     *
     * @param column where the text stands: the first line is there already
     * @param indent where the lines after it begin
     * @param width the longest line, in characters
     */
    static void append(StringBuilder page, String text, int column, int indent, int width) {
        int at = column;
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            if (!first && at + 1 + word.length() > width) {
                page.append('\n').repeat(' ', indent);
                at = indent;
                first = true;
            }
            page.append(first ? "" : " ").append(word);
            at += word.length() + (first ? 0 : 1);
            first = false;
        }
        page.append('\n');
    }
}
