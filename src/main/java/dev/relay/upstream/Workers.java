package dev.relay.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs the client's tasks on the thread that brings them, its selector: nothing that relay hangs on them blocks. The
 * first task after a request was sent, and not by its sender, is the news that the connection stands; the client has no other way to tell.
 */
final class Workers implements Executor {
    private volatile CompletableFuture<Void> connected = new CompletableFuture<>();
    private volatile @Nullable Thread sender;

    /** Completes when the next connection stands; the request is sent by the calling thread. */
    CompletableFuture<Void> nextConnection() {
        var next = new CompletableFuture<Void>();
        sender = Thread.currentThread();
        connected = next;
        return next;
    }

    @Override
    public void execute(Runnable task) {
        if (!Thread.currentThread().equals(sender)) {
            connected.complete(null);
        }
        task.run();
    }
}
