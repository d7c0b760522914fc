package dev.relay.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Runs the client's tasks on the thread that brings them, its selector: nothing that relay hangs on them blocks. The
 * first task after a request was sent is the news that the connection stands; the client has no other way to tell.
 */
final class Workers implements Executor {
    private volatile CompletableFuture<Void> connected = new CompletableFuture<>();

    /** Completes when the next connection stands. */
    CompletableFuture<Void> nextConnection() {
        var next = new CompletableFuture<Void>();
        connected = next;
        return next;
    }

    @Override
    public void execute(Runnable task) {
        connected.complete(null);
        task.run();
    }
}
