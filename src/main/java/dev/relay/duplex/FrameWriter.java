package dev.relay.duplex;

import dev.relay.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes frames, whole, whoever else is writing. The body's thread writes and waits; what the protocol itself has to say
 * is posted, for the threads that find it must never wait for a server that does not read.
 */
final class FrameWriter {
    /** How much may be waiting for a server that asks and does not read the answers. */
    private static final int MOST_POSTED = 64 * 1024;

    /** How long a last frame waits for others that are being written, in milliseconds. */
    private static final long A_MOMENT = 50;

    private final Line line;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteArrayOutputStream posted = new ByteArrayOutputStream();
    private boolean closed;

    FrameWriter(Line line) {
        this.line = line;
    }

    /** Begins to send what is posted. */
    void start() {
        Thread.ofPlatform().name("HTTP/2 control").daemon().start(this::deliver);
    }

    /** Sends these bytes, and before them what was posted. */
    void write(ByteBuffer... frames) throws IOException {
        writing.lock();
        try {
            byte[] before = takePosted();
            if (before.length == 0) {
                line.write(frames);
            } else {
                var all = new ByteBuffer[frames.length + 1];
                all[0] = ByteBuffer.wrap(before);
                System.arraycopy(frames, 0, all, 1, frames.length);
                line.write(all);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Has a frame sent as soon as that is possible, without waiting for it. */
    synchronized void post(byte[] frame) throws ConnectionErrorException {
        if (posted.size() > MOST_POSTED) {
            throw new ConnectionErrorException(
                    Http2Error.ENHANCE_YOUR_CALM, "it asks for answers that it does not read");
        }
        posted.writeBytes(frame);
        notifyAll();
    }

    private synchronized byte[] takePosted() {
        if (posted.size() == 0) {
            return new byte[0];
        }
        byte[] bytes = posted.toByteArray();
        posted.reset();
        return bytes;
    }

    private synchronized boolean awaitPosted() throws InterruptedException {
        while (posted.size() == 0 && !closed) {
            wait();
        }
        return !closed;
    }

    private void deliver() {
        try {
            while (awaitPosted()) {
                write();
            }
        } catch (IOException | InterruptedException _) {
            // The connection is gone: its reader finds the same, and tells it.
        }
    }

    /** Sends a last frame if that can be done in a moment, and ends the connection. */
    void close(byte[] last) {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (mayWrite()) {
            try {
                line.write(1, ByteBuffer.wrap(takePosted()), ByteBuffer.wrap(last));
            } catch (IOException _) {
                // Nobody listens: nothing is owed.
            } finally {
                writing.unlock();
            }
        }
        line.close();
    }

    /** Whoever writes to a server that reads is done in a moment. */
    private boolean mayWrite() {
        try {
            return writing.tryLock(A_MOMENT, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Who is stopped does not wait; what stops it is still to be seen.
            Thread.currentThread().interrupt();
            return writing.tryLock();
        }
    }
}
