package dev.relay.cli.docs;

import java.util.List;
import java.util.Map;

/** The chapter of the manual on what is told while a transfer lasts. */
final class ProgressProse {
    static final List<String> LINE = List.of(
            "A transfer that lasts half a second is told in the last line of the terminal that standard error is, ten times"
                    + " a second: a bar where the length is known, else a counter; the rate, of the last seconds; and what is"
                    + " waited for when nothing moves for two seconds, with the time at which it is given up. Where there is"
                    + " no room for all, the bar goes first, below 5 columns the line. When all is done a line stays that"
                    + " says how much came in which time; after a failure the error line alone.",
            "Nothing is told when standard error is no terminal, nor when the body itself goes to a terminal. While relay is"
                    + " in the background, or a program such as a pager has the terminal in a mode of its own, nothing is"
                    + " painted. No mode of the terminal is ever changed, and the cursor stays: however relay ends, there is"
                    + " nothing to be restored.",
            "Where TERM is unset, or is the word dumb or unknown, no line can be painted over another: one is printed every ten seconds."
                    + " The bar is drawn in ASCII unless the locale says UTF-8, and in one column a piece, so in ASCII also"
                    + " in Japanese, Korean and Chinese locales. Colours are for terminals whose name says that they have"
                    + " them, unless NO_COLOR is set and not empty.");

    static final String JSON =
            "With --progress json the same is told to a program, on standard error, terminal or not, twice a second and once"
                    + " at the end: a JSON object in one line each. Members that are not known yet are null. Members may be"
                    + " added; v counts up when one changes its meaning or goes away. Notes and the error line, which begin"
                    + " with \"relay: \", stand in lines of their own between them.";

    static final Map<String, String> MEMBERS = Prose.inOrder(
            "v",
            "The version of this shape: 1.",
            "state",
            "What the run is at: resolving, connecting, securing (the TLS handshake), asking, receiving, writing, pausing"
                    + " (before a try), finishing, or alone (serve: nobody is there); in the last object how it ended: delivered, failed, stopped (by a"
                    + " signal) or reader-gone.",
            "elapsed",
            "Time since the start, in seconds with three decimals.",
            "bytes",
            "How much of the body is there, in bytes, encoded as it comes: offset included, and with --parallel what waits"
                    + " for its turn.",
            "total",
            "How much there will be, in bytes; null when the server does not say.",
            "offset",
            "How much of it an earlier run has left, with -C, in bytes.",
            "rate",
            "How fast it comes, in bytes a second over the last seconds.",
            "left",
            "Time that the rest takes at that rate, in seconds; null when it cannot be known.",
            "sent",
            "How much of the request body has gone, in bytes.",
            "to_send",
            "How much there is to send, in bytes; null when there is nothing, or its length is not known.",
            "retries",
            "How many times the request was tried again.",
            "resumes",
            "How many times the body was continued.",
            "connections",
            "How many connections have been made.",
            "waited",
            "Not in the last: for how long nothing has moved, in seconds.",
            "output_slow",
            "Not in the last: whether it is the output that holds the transfer up.",
            "exitcode",
            "In the last alone: the exit code.");

    private ProgressProse() {}
}
