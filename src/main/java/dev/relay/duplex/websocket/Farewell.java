package dev.relay.duplex.websocket;

import dev.relay.io.Patience;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.wire.Line;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a conversation that this side wants: the Close, and how long the server may take to answer it. */
final class Farewell implements AutoCloseable {
    /** How long the server may be silent once our Close was sent. */
    static final Duration SILENCE = Duration.ofSeconds(10);
    /** How long a Close may take that nobody waits for an answer to: a signalled process has half a second. */
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final Line line;
    private final Sender sender;
    private final String where;
    private @Nullable FaultException verdict;
    /** Since when the server is waited for; null while it is not. */
    private @Nullable Long waitingSince;

    private boolean over;

    Farewell(Line line, Sender sender, String where) {
        this.line = line;
        this.sender = sender;
        this.where = where;
    }

    /** The server is being waited for, from now on. */
    synchronized void awaiting() {
        waitingSince = System.nanoTime();
    }

    /** Something has come from it. */
    synchronized void came() {
        waitingSince = null;
    }

    /**
     * Says that nothing more will be sent, and watches that the server takes leave too; returns when it has, or when its
     * time is up and the connection was ended.
     *
     * @param linger how long the server must have been silent before; null for never saying it
     */
    void leave(@Nullable Duration linger) throws IOException {
        try {
            if (!isSilent(linger)) {
                return;
            }
            sender.close(CloseCode.NORMAL);
            if (isSilent(SILENCE)) {
                String why = "no Close in answer to ours for " + Patience.text(SILENCE);
                fail(Fault.of(ExitCode.TIME_LIMIT, where, why).exception());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a silence of that length, from now on; false when the conversation ends before. */
    private synchronized boolean isSilent(@Nullable Duration length) throws InterruptedException {
        long begin = System.nanoTime();
        while (!over) {
            if (length == null) {
                wait();
                continue;
            }
            long now = System.nanoTime();
            long since = waitingSince == null ? now : Math.max(waitingSince, begin);
            long left = length.toNanos() - (now - since);
            if (left <= 0) {
                return true;
            }
            wait(left / 1_000_000 + 1);
        }
        return false;
    }

    /** Ends the conversation from the sending side, and whoever reads with it. */
    void fail(@Nullable FaultException why) {
        synchronized (this) {
            if (verdict == null) {
                verdict = why;
            }
        }
        say(CloseCode.GOING_AWAY);
        line.close();
    }

    /** Why the sending side has ended it; null when it has not. */
    synchronized @Nullable FaultException verdict() {
        return verdict;
    }

    /** Sends a Close, unless one was sent, without waiting for more than a moment; interrupts wait until it is done. */
    void say(int code) {
        boolean interrupted = Thread.interrupted();
        try {
            sender.close(code, A_MOMENT);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The conversation is over. */
    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }
}
