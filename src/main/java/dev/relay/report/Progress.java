package dev.relay.report;

import dev.relay.io.Ledger;
import dev.relay.io.Surroundings;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Limits;
import dev.relay.plan.Telling;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits beside a transfer until it has lasted long enough to be told of. A transfer that ends before has cost a sleeping
 * thread, and nothing of what paints has been loaded.
 */
final class Progress implements Runnable {
    /** How long a transfer may last untold, in milliseconds. */
    private static final long UNTOLD = 500;

    private final Stderr err;
    private final Watched watched;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Painter painter;

    /**
     * What is watched.
     *
     * @param limits for how long what is waited for
     * @param taker where the body goes
     */
    record Watched(Ledger ledger, Limits limits, Taker taker, Telling.Progress how, Surroundings surroundings) {}

    private Progress(Stderr err, Watched watched) {
        this.err = err;
        this.watched = watched;
    }

    /** Begins to wait; null when nothing is to be told, or when it would be told in the midst of the body. */
    static @Nullable Progress start(Stderr err, Watched watched) {
        Surroundings around = watched.surroundings();
        boolean bar = around.isTerminal(2) && !(watched.taker() == Taker.READER && around.isTerminal(1));
        if (watched.how() == Telling.Progress.NONE || (watched.how() == Telling.Progress.BAR && !bar)) {
            return null;
        }
        var progress = new Progress(err, watched);
        var thread = new Thread(progress, "progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    @Override
    public void run() {
        if (!isOverAfter(UNTOLD)) {
            Painter made = Painter.of(watched, err);
            painter = made;
            do {
                made.tick();
            } while (!isOverAfter(Painter.TICK));
        }
    }

    private boolean isOverAfter(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody did, there would be nothing left to watch.
            return true;
        }
    }

    /** The transfer is over, as far as it came: the line makes room for what is said of its end. */
    void end() {
        over.countDown();
        err.end();
    }

    /** Says how it went, when the transfer has lasted or a program wants to know. */
    void conclude(Outcome outcome) {
        Painter made = painter;
        if (made == null && watched.how() == Telling.Progress.JSON) {
            made = Painter.of(watched, err);
        }
        if (made != null) {
            made.conclude(outcome);
        }
    }
}
