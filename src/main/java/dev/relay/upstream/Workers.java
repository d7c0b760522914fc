package dev.relay.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs the client's tasks on the thread that brings them, its selector: nothing that relay hangs on them blocks. The
 * first of them that completes a stage is the news that the connection stands; the client has no other way to tell. (A
 * refusal comes as a plain task, and what follows from it runs inside that.)
 */
final class Workers implements Executor {
    private volatile CompletableFuture<Void> connected = new CompletableFuture<>();
    private volatile @Nullable Thread sender;
    /** Whether a task is running that others may be run inside of; the selector's alone. */
    private boolean inside;

    /** Completes when the next connection stands, for a request that this thread will send. */
    CompletableFuture<Void> nextConnection(Thread from) {
        var next = new CompletableFuture<Void>();
        sender = from;
        connected = next;
        return next;
    }

    @Override
    public void execute(Runnable task) {
        if (inside || Thread.currentThread().equals(sender)) {
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
