package dev.relay.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the progress line, and which of them are shown when there is not room for all. Each part is empty when
 * there is nothing to say.
 *
 * @param percent {@code 45%}
 * @param bar null when the length is not known
 * @param amount what has passed, of how much
 * @param brief the same in four columns
 * @param rate how fast it passes
 * @param left when it will have passed
 * @param beside what else goes on, of less weight than anything else
 * @param message what is waited for
 * @param hint the same in fewer words
 */
record ProgressLine(
        String percent,
        @Nullable Shares bar,
        String amount,
        String brief,
        String rate,
        String left,
        String beside,
        String message,
        String hint) {
    private static final int LEAST_BAR = 10;
    private static final int LONGEST_BAR = 40;
    private static final int LEAST_COLUMNS = 5;
    private static final int NARROW = 20;
    /** Room for what the terminal writes there by itself, {@code ^C}, and a column that must stay empty. */
    private static final int SPARED = 3;

    private enum Part {
        BAR,
        AMOUNT,
        RATE,
        LEFT,
        BESIDE,
        MESSAGE,
        HINT
    }

    /** What is dropped first where there is no room, while all goes well, and while somebody is waited for. */
    private static final List<Part> FREE = List.of(Part.BESIDE, Part.BAR, Part.AMOUNT, Part.RATE, Part.LEFT);

    /** A counter is nothing without what it counts. */
    private static final List<Part> COUNTING = List.of(Part.BESIDE, Part.RATE, Part.LEFT, Part.AMOUNT);

    private static final List<Part> WAITING =
            List.of(Part.BESIDE, Part.RATE, Part.LEFT, Part.BAR, Part.AMOUNT, Part.MESSAGE, Part.HINT);

    /**
     * What the bar shows.
     *
     * @param passed the share that has passed, 0 to 1
     * @param come the share that has come, at least as much
     */
    record Shares(double passed, double come) {}

    /**
     * A line that fits.
     *
     * @param width how many columns it takes
     */
    record Painted(String text, int width) {}

    /** Those parts that a terminal of so many columns has room for; nothing at all when there are fewer than 5. */
    Painted fitting(int columns, Style style) {
        if (columns < LEAST_COLUMNS) {
            return new Painted("", 0);
        }
        int most = columns - (columns < NARROW ? 1 : SPARED);
        var shown = EnumSet.allOf(Part.class);
        for (Part dropped : message.isEmpty() ? percent.isEmpty() ? COUNTING : FREE : WAITING) {
            int room = most - text(shown, "").length() - 1;
            if (bar == null || !shown.contains(Part.BAR)) {
                if (room >= -1) {
                    break;
                }
            } else if (room >= LEAST_BAR) {
                int length = Math.min(LONGEST_BAR, room);
                String drawn = Bar.of(length, bar.passed(), bar.come(), style, !message.isEmpty());
                return new Painted(text(shown, drawn), most - room + length);
            }
            shown.remove(dropped);
        }
        String text = text(shown, "");
        if (text.isEmpty() || text.length() > most) {
            text = percent.isEmpty() ? brief : percent;
        }
        String cut = text.substring(0, Math.min(most, text.length()));
        return new Painted(cut, cut.length());
    }

    /** The line without a bar and without a colour. */
    String plain(int columns) {
        var barless = new ProgressLine(percent, null, amount, brief, rate, left, beside, message, hint);
        return barless.fitting(columns, Style.PLAIN).text().strip();
    }

    private String text(Set<Part> shown, String drawn) {
        var text = new StringBuilder(percent);
        if (!drawn.isEmpty()) {
            text.append(' ').append(drawn);
        }
        append(text, amount, shown.contains(Part.AMOUNT));
        append(text, rate, shown.contains(Part.RATE));
        append(text, left, shown.contains(Part.LEFT));
        append(text, beside, shown.contains(Part.BESIDE));
        append(text, message, shown.contains(Part.MESSAGE));
        append(text, hint, !shown.contains(Part.MESSAGE) && shown.contains(Part.HINT));
        return text.toString();
    }

    private static void append(StringBuilder text, String part, boolean isShown) {
        if (isShown && !part.isEmpty()) {
            text.append(text.isEmpty() ? "" : "  ").append(part);
        }
    }
}
