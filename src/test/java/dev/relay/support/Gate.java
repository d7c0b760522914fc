package dev.relay.support;

/** A point where a server stops until the test lets it go on. */
public final class Gate {
    private boolean open;
    private boolean reached;

    /** Lets whoever waits here go on, now and later. */
    public synchronized void open() {
        open = true;
        notifyAll();
    }

    /** Returns once somebody has arrived here. */
    public synchronized void awaitArrival() {
        Patience.await(this, "a server at the gate", () -> reached);
    }

    /** Waits until the gate is open. */
    public synchronized void pass() throws InterruptedException {
        reached = true;
        notifyAll();
        while (!open) {
            wait();
        }
    }
}
