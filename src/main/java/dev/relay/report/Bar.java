package dev.relay.report;

/** The bar: what has passed, what has come before its turn, what is missing. */
final class Bar {
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private Bar() {}

    /**
     * The bar in that many columns.
     *
     * @param passed the share that has passed, 0 to 1
     * @param come the share that has come, at least as much
     * @param held whether somebody is waited for
     */
    static String of(int columns, double passed, double come, Style style, boolean held) {
        return style.unicode() ? drawn(columns, passed, come, style, held) : ascii(columns, passed, come, style, held);
    }

    private static String drawn(int columns, double passed, double come, Style style, boolean held) {
        int halves = (int) (passed * columns * 2);
        int full = halves / 2;
        boolean half = halves % 2 == 1;
        int ahead = Math.max(0, (int) (come * columns) - full - (half ? 1 : 0));
        int missing = columns - full - (half ? 1 : 0) - ahead;
        String done = "━".repeat(full) + (half ? "╸" : "");
        return colored(done, "╌".repeat(ahead), "─".repeat(missing), style, held);
    }

    private static String ascii(int columns, double passed, double come, Style style, boolean held) {
        int inside = columns - 2;
        int full = (int) (passed * inside);
        int ahead = Math.max(0, (int) (come * inside) - full);
        String done = full == 0 ? "" : "=".repeat(full - 1) + (full == inside ? "=" : ">");
        return "[" + colored(done, "-".repeat(ahead), " ".repeat(inside - full - ahead), style, held) + "]";
    }

    private static String colored(String done, String ahead, String missing, Style style, boolean held) {
        if (!style.color()) {
            return done + ahead + missing;
        }
        return (held ? YELLOW : GREEN) + done + ahead + PLAIN + DIM + missing + PLAIN;
    }
}
