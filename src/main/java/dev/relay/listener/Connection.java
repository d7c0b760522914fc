package dev.relay.listener;

import dev.relay.io.Patience;
import dev.relay.plan.Limits;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.MessageReader;
import dev.relay.wire.SocketLine;
import dev.relay.wire.TlsLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client: one request, one response, and its end. There is no second request: that the client closes
 * after the response is what tells that it has it, and a connection that carries one message cannot be smuggled on.
 */
final class Connection implements AutoCloseable {
    /** How long what a refused client still sends is read, so that it gets to see the answer. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    private static final int AHEAD = 64 * 1024;

    private final SocketLine socket;
    private final Line line;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Inlet inlet;
    private final Allowances allowances;
    private final long deadline;

    private Connection(SocketLine socket, Line line, SocketChannel channel, Allowances allowances, long deadline)
            throws IOException {
        this.socket = socket;
        this.line = line;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.remote = (InetSocketAddress) channel.getRemoteAddress();
        this.inlet = new Inlet(line, AHEAD);
        socket.watching(this::unacknowledged);
        this.allowances = allowances;
        this.deadline = deadline;
    }

    /** The connection in clear, or once hands are shaken when there is a context for TLS. */
    static Connection accepted(SocketChannel channel, @Nullable SSLContext tls, Allowances allowances)
            throws IOException {
        long head = allowances.head().toNanos();
        long deadline = System.nanoTime() + head;
        var socket = SocketLine.accepted(channel);
        if (tls == null) {
            return new Connection(socket, socket, channel, allowances, deadline);
        }
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        return new Connection(socket, TlsLine.over(socket, engine, head), channel, allowances, deadline);
    }

    /** Reads the request; null when the client left without one. */
    @Nullable
    RequestHead request() throws IOException {
        return RequestReading.read(new MessageReader(inlet, MessageReader.Limits.OF_REQUESTS), deadline);
    }

    Line line() {
        return line;
    }

    Inlet inlet() {
        return inlet;
    }

    InetSocketAddress remote() {
        return remote;
    }

    Allowances allowances() {
        return allowances;
    }

    Patience patience() {
        return new Patience(new Limits(null, null, allowances.still(), true, null, null, null, null), false);
    }

    /** How many bytes are on their way to the client: see {@link Unacknowledged}. */
    long unacknowledged() {
        return Unacknowledged.of(local, remote);
    }

    boolean isSecure() {
        return line != socket;
    }

    /** Ends it after an answer that nobody needs to confirm; a close with unread bytes would take the answer away. */
    void leave() {
        try {
            line.shutdownOutput();
            long end = System.nanoTime() + LINGER;
            ByteBuffer ignored = ByteBuffer.allocate(16 * 1024);
            while (line.read(ignored.clear(), end - System.nanoTime()) >= 0) {}
        } catch (IOException _) {
            // It has the answer by now, or does not want it.
        }
    }

    /** Ends it so that the client cannot take what it has for whole. */
    void abort() {
        line.abort();
    }

    @Override
    public void close() {
        line.close();
    }
}
