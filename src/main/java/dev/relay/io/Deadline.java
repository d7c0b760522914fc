package dev.relay.io;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends a run that takes longer than {@code --max-time}, whatever it is waiting for. */
public final class Deadline {
    private Deadline() {}

    /** Cancels when the time has passed. */
    public static void start(Duration limit, String where, Cancellation cancellation) {
        var thread = new Thread(() -> expire(limit, where, cancellation), "max-time");
        thread.setDaemon(true);
        thread.start();
    }

    private static void expire(Duration limit, String where, Cancellation cancellation) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but the end of the process.
            return;
        }
        String why = "--max-time of " + Patience.text(limit) + " passed";
        cancellation.cancel(new Outcome.Failed(Fault.of(ExitCode.TIME_LIMIT, where, why), null));
    }
}
