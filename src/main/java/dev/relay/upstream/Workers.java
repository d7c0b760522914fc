package dev.relay.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Runs the client's tasks on the thread that brings them, its selector: nothing that relay hangs on them blocks. The
 * first of them that completes a stage is the news that the connection stands; the client has no other way to tell. (A
 * refusal comes as a plain task, and what follows from it runs inside that.)
 */
final class Workers implements Executor {
    private volatile CompletableFuture<Void> connected = new CompletableFuture<>();
    /** Whether a task is running that others may be run inside of; the selector's alone. */
    private boolean inside;

    /** A thread that sends a request: what the client does in it is not the selector's. */
    static final class Sender extends Thread {
        Sender(Runnable send) {
            super(send, "sender");
            setDaemon(true);
        }
    }

    /** Completes that when the next connection stands. */
    void expect(CompletableFuture<Void> next) {
        connected = next;
    }

    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread() instanceof Sender || inside) {
            task.run();
            return;
        }
        if (task instanceof CompletableFuture.AsynchronousCompletionTask) {
            connected.complete(null);
        }
        inside = true;
        try {
            task.run();
        } finally {
            inside = false;
        }
    }
}
