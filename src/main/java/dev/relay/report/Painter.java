package dev.relay.report;

import dev.relay.io.Ledger;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Telling;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells of a transfer that lasts, again and again: as a line on a terminal, or as objects for a program. */
final class Painter {
    /** Milliseconds between two looks. */
    static final long TICK = 100;

    private static final int USUAL_COLUMNS = 80;
    /** Where a line cannot be painted over, one is printed every so many nanoseconds. */
    private static final long NOW_AND_THEN = 10_000_000_000L;

    private static final long TWICE_A_SECOND = 490_000_000L;

    private final Progress.Watched watched;
    private final Stderr err;
    private final Style style;
    private final LongSupplier nanoTime;
    private final Pace pace = new Pace();
    private final Tty tty = Tty.ofStderr();
    private long told;

    private Painter(Progress.Watched watched, Stderr err, Style style) {
        this.watched = watched;
        this.err = err;
        this.style = style;
        this.nanoTime = watched.surroundings().nanoTime();
        this.told = nanoTime.getAsLong();
    }

    static Painter of(Progress.Watched watched, Stderr err) {
        return new Painter(watched, err, Style.of(watched.surroundings().environment()));
    }

    /** Looks, and tells what there is to tell. */
    void tick() {
        long now = nanoTime.getAsLong();
        pace.observe(now, watched.ledger().lasting(), watched.ledger().course());
        if (watched.how() == Telling.Progress.JSON) {
            if (isTimeAfter(now, TWICE_A_SECOND)) {
                err.line("", json().now());
            }
        } else if (style.dumb()) {
            if (isTimeAfter(now, NOW_AND_THEN)) {
                err.line("", line(now).plain(columns()));
            }
        } else if (tty.isOurs()) {
            int columns = columns();
            err.paint(line(now).fitting(columns, style), columns);
        }
    }

    private boolean isTimeAfter(long now, long nanos) {
        if (now - told < nanos) {
            return false;
        }
        told = now;
        return true;
    }

    private ProgressLine line(long now) {
        return new State(watched, pace, now).line();
    }

    private ProgressJson json() {
        return new ProgressJson(watched.ledger(), pace);
    }

    private int columns() {
        int columns = tty.columns();
        if (columns > 0) {
            return columns;
        }
        // Some lines and some emulators do not know their own size.
        Map<String, String> environment = watched.surroundings().environment();
        String told = environment.getOrDefault("COLUMNS", "");
        return told.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(told) : USUAL_COLUMNS;
    }

    /** The last that is told. */
    void conclude(Outcome outcome) {
        Ledger ledger = watched.ledger();
        if (watched.how() == Telling.Progress.JSON) {
            pace.observe(nanoTime.getAsLong(), ledger.lasting(), ledger.course());
            err.line("", json().ended(outcome));
        } else if (outcome instanceof Outcome.Delivered
                && tty.isOurs()
                && !ledger.course().isVisited()) {
            err.line("", Summary.of(ledger));
        }
    }
}
