package dev.relay.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bodies that go on slowly from some byte on, and never come to a stop: a transfer that can be looked at for a while. */
public final class Flow implements AutoCloseable {
    private static final int STEPS = 200;
    private static final int BYTES_A_STEP = 4096;
    private static final long BETWEEN = 250;

    private final List<Gate> gates = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    public Flow() {
        for (int step = 0; step < STEPS; step++) {
            gates.add(new Gate());
        }
        thread = Thread.ofVirtual().unstarted(this::flow);
        thread.start();
    }

    private void flow() {
        try {
            for (Gate gate : gates) {
                if (!over) {
                    gate.awaitArrival();
                    TimeUnit.MILLISECONDS.sleep(BETWEEN);
                }
                gate.open();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AssertionError e) {
            // No body has come this far, or the test is over: nobody waits at a gate.
            over = true;
        }
    }

    /** The answer, slow from that byte of its body on. */
    public Answer through(Answer answer, long from) {
        Answer slow = answer;
        for (int step = 0; step < STEPS; step++) {
            slow = slow.pauseAfter(from + (long) step * BYTES_A_STEP, gates.get(step));
        }
        return slow;
    }

    /** Nothing is slow any more. */
    public void freely() {
        over = true;
    }

    @Override
    public void close() {
        freely();
        thread.interrupt();
    }
}
