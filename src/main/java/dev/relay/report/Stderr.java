package dev.relay.report;

import java.io.PrintStream;

/**
 * Standard error, line by line: each line safe to show and written at once, so that lines of several threads never mix.
 * A progress line, when there is one, is cleared and painted again around what is written here.
 */
final class Stderr {
    private final PrintStream out;

    Stderr(PrintStream out) {
        this.out = out;
    }

    /** Writes the prefix, which is ours, and the text, which may be anybody's. */
    void line(String prefix, String text) {
        out.print(prefix + Printable.of(text) + '\n');
        out.flush();
    }

    /** Writes bytes that the user has composed. */
    void raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
