package dev.relay.duplex.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers the server's pings and sends our own (RFC 6455 §5.5.2), on a thread that is made when there is something to
 * send: whoever reads must never wait for a write.
 */
final class Pulse implements AutoCloseable {
    private final Sender sender;
    private final @Nullable Duration interval;
    private byte @Nullable [] pong;
    private @Nullable Thread thread;
    private boolean ended;
    private long pings;

    /** @param interval how often to send a ping; null for never */
    Pulse(Sender sender, @Nullable Duration interval) {
        this.sender = sender;
        this.interval = interval;
        if (interval != null) {
            start();
        }
    }

    /** Answers a ping; of several that wait for it only the last is answered, which is all that is owed (§5.5.3). */
    synchronized void answer(byte[] ping) {
        pong = ping;
        start();
        notifyAll();
    }

    private synchronized void start() {
        if (thread == null && !ended) {
            thread = Thread.ofPlatform().daemon().name("pings").start(this::beat);
        }
    }

    private void beat() {
        long next = interval == null ? 0 : System.nanoTime() + interval.toNanos();
        try {
            while (awaits(next)) {
                byte[] answer = taken();
                if (answer != null) {
                    sender.control(Opcode.PONG, answer);
                } else if (interval != null) {
                    byte[] number = ByteBuffer.allocate(8).putLong(++pings).array();
                    sender.control(Opcode.PING, number);
                    next = System.nanoTime() + interval.toNanos();
                }
            }
        } catch (IOException _) {
            // Whoever reads the other direction finds the connection broken too, and tells it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there is something to send; false when there will never be. */
    private synchronized boolean awaits(long next) throws InterruptedException {
        while (!ended && pong == null) {
            if (interval == null) {
                wait();
            } else {
                long left = next - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                wait(left / 1_000_000 + 1);
            }
        }
        return !ended;
    }

    private synchronized byte @Nullable [] taken() {
        byte[] answer = pong;
        pong = null;
        return answer;
    }

    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }
}
