package dev.relay.report;

import java.io.PrintStream;

/**
 * Standard error, line by line: each line safe to show and written at once, so that lines of several threads never mix.
 * A progress line, when there is one, is the last thing on the screen: it is wiped before anything else is written, and
 * painted again behind it.
 */
final class Stderr {
    /** What the terminal may have put behind the line by itself: {@code ^C}. */
    private static final int ECHO = 2;

    private final PrintStream out;
    private String painted = "";
    private int width;
    private int room;
    private boolean ended;

    Stderr(PrintStream out) {
        this.out = out;
    }

    /** Writes the prefix, which is ours, and the text, which may be anybody's. */
    synchronized void line(String prefix, String text) {
        if (width == 0) {
            out.print(prefix + Printable.of(text) + '\n');
        } else {
            out.print(wiped() + prefix + Printable.of(text) + '\n' + painted);
        }
        out.flush();
    }

    /** Writes bytes that the user has composed. */
    synchronized void raw(byte[] bytes) {
        clear();
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /**
     * Paints the progress line over the one before, without any sequence that a terminal would have to know.
     *
     * @param terminal how many columns the terminal has now: it may have become narrower than the line is that stands there
     */
    synchronized void paint(ProgressLine.Painted line, int terminal) {
        if (ended || line.text().equals(painted)) {
            return;
        }
        // One column stays empty: behind the last one, some terminals go on to the next line.
        room = Math.max(0, terminal - 1);
        out.print('\r' + line.text() + " ".repeat(Math.max(0, Math.min(width, room) - line.width())));
        out.flush();
        painted = line.text();
        width = line.width();
    }

    /** Wipes the progress line. */
    synchronized void clear() {
        if (width > 0) {
            out.print(wiped());
            out.flush();
            painted = "";
            width = 0;
        }
    }

    /** Wipes the progress line for good. */
    synchronized void end() {
        ended = true;
        clear();
    }

    private String wiped() {
        return '\r' + " ".repeat(Math.min(width + ECHO, room)) + '\r';
    }
}
