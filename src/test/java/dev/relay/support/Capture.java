package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A standard output that keeps what is written to it and tells when it comes. */
public final class Capture implements WritableByteChannel {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    @Override
    public synchronized int write(ByteBuffer source) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        byte[] part = new byte[source.remaining()];
        source.get(part);
        bytes.writeBytes(part);
        notifyAll();
        return part.length;
    }

    public synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Returns once so many bytes are here. */
    public synchronized void await(int count) {
        Patience.await(this, count + " bytes on standard output", () -> bytes().length >= count);
    }

    /** The first line, without its end, waiting for it. */
    public synchronized String awaitLine() {
        Patience.await(this, "a line on standard output", () -> text().indexOf('\n') >= 0);
        return text().substring(0, text().indexOf('\n'));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns once at least these bytes are there, and fails when they are not what is wanted. */
    public synchronized void await(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        Patience.await(this, "\"" + text + "\" on standard output", () -> bytes.size() >= wanted.length);
        byte[] start = Arrays.copyOf(bytes.toByteArray(), wanted.length);
        if (!Arrays.equals(start, wanted)) {
            throw new AssertionError("standard output begins with: " + new String(start, StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
