package dev.relay;

import dev.relay.io.Cancellation;
import dev.relay.outcome.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT, SIGTERM and SIGHUP end the transfer in order: the runtime answers them by running its shutdown hooks and exits
 * with 128 + signal; the hook here gives the transfer a moment to deal with its partial files and to say how it ended.
 */
final class Signals {
    /** How long a signalled process may take to end. */
    private static final long GRACE_MILLIS = 500;

    private final CountDownLatch done = new CountDownLatch(1);

    private Signals() {}

    static Signals watch(Cancellation cancellation) {
        var signals = new Signals();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signals.stop(cancellation), "signals"));
        return signals;
    }

    /** The run has ended by itself: nothing is left to be stopped. */
    void done() {
        done.countDown();
    }

    private void stop(Cancellation cancellation) {
        if (done.getCount() == 0) {
            return;
        }
        cancellation.stop(arrived());
        try {
            boolean _ = done.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The process is ending: there is nobody left to tell.
            Thread.currentThread().interrupt();
        }
    }

    /** The runtime handles a signal on a thread that it names after it. */
    private static StopSignal arrived() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            for (StopSignal signal : StopSignal.values()) {
                if (thread.getName().equals("SIG" + signal + " handler")) {
                    return signal;
                }
            }
        }
        return StopSignal.TERM;
    }
}
