package dev.relay.listener;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in: a server of our own, on the connections of the wire room. The runtime's {@code jdk.httpserver} will not
 * do: closing an exchange in the middle of a chunked body ends that body in order there, and a client takes what it has
 * for whole; it has no time limit for a silent client, and keeps the response back until the request has been read.
 */
public final class Door implements Closeable {
    /** How many connections there may be at a time. */
    private static final int MOST = 128;
    /** How many of them one address may have, so that nobody keeps others out. */
    private static final int MOST_OF_ONE = 32;

    private static final int WAITING = 64;
    /** How long to wait when the system has no descriptor for another connection. */
    private static final long WITHOUT_MEANS_MILLIS = 50;
    /** How long those who are interrupted may take to cut their connections. */
    private static final long CUTTING_MILLIS = 500;

    /** What is done with a request. */
    @FunctionalInterface
    public interface Host {
        /**
         * Answers it. After that the connection is closed: in order when the response has ended, otherwise cut.
         *
         * @throws RefusedException to answer with an error, as long as nothing was answered
         * @throws IOException when the client got no whole answer
         */
        void answer(Exchange exchange) throws IOException;
    }

    private final ServerSocketChannel socket;
    private final @Nullable SSLContext tls;
    private final Host host;
    private final Allowances allowances;
    private final Semaphore room = new Semaphore(MOST);
    private final Map<InetAddress, Integer> guests = new HashMap<>();
    private final Set<Thread> answering = new HashSet<>();
    private final Set<SocketChannel> open = new HashSet<>();
    private boolean closed;

    private Door(ServerSocketChannel socket, @Nullable SSLContext tls, Host host, Allowances allowances) {
        this.allowances = allowances;
        this.socket = socket;
        this.tls = tls;
        this.host = host;
    }

    /**
     * Listens: from now on connections are taken by the system, and from {@link #open} on answered.
     *
     * @param tls who we are over TLS; null in clear
     */
    public static Door at(InetSocketAddress address, @Nullable SSLContext tls, Host host) throws IOException {
        return at(address, tls, host, Allowances.USUAL);
    }

    /** The same for clients that have other times. */
    static Door at(InetSocketAddress address, @Nullable SSLContext tls, Host host, Allowances allowances)
            throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.bind(address, WAITING);
            return new Door(socket, tls, host, allowances);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    public int port() throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    /** Begins to let clients in. */
    public void open() {
        var thread = new Thread(this::accept, "door");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                room.acquire();
                SocketChannel channel = next();
                if (!enter(channel)) {
                    channel.close();
                    room.release();
                }
            }
        } catch (IOException | InterruptedException _) {
            // The door was closed.
        }
    }

    /** The next connection. That none can be had, for want of descriptors, say, passes: those who leave give theirs back. */
    private SocketChannel next() throws IOException, InterruptedException {
        while (true) {
            try {
                return socket.accept();
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException _) {
                Thread.sleep(WITHOUT_MEANS_MILLIS);
            }
        }
    }

    private boolean enter(SocketChannel channel) throws IOException {
        InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        synchronized (this) {
            if (closed || guests.getOrDefault(from, 0) >= MOST_OF_ONE) {
                return false;
            }
            guests.merge(from, 1, Integer::sum);
            open.add(channel);
        }
        Thread.ofVirtual().name("client").start(() -> {
            try {
                attend(channel);
            } finally {
                left(channel, from);
            }
        });
        return true;
    }

    private synchronized void left(SocketChannel channel, InetAddress from) {
        open.remove(channel);
        answering.remove(Thread.currentThread());
        guests.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
        room.release();
        notifyAll();
    }

    private void attend(SocketChannel channel) {
        synchronized (this) {
            answering.add(Thread.currentThread());
        }
        try (channel) {
            try (Connection connection = Connection.accepted(channel, tls, allowances)) {
                serve(connection);
            }
        } catch (IOException _) {
            // No handshake, or the client left: nobody is owed an answer.
        }
    }

    private void serve(Connection connection) throws IOException {
        RequestHead request;
        try {
            request = connection.request();
        } catch (RefusedException e) {
            Refusal.send(connection, e);
            return;
        }
        if (request == null) {
            return;
        }
        var exchange = new Exchange(connection, request);
        try {
            host.answer(exchange);
        } catch (RefusedException e) {
            if (!exchange.response().isBegun()) {
                exchange.answer(e.status(), e.headers(), e.getMessage());
            }
        } finally {
            if (exchange.response().isEnded()) {
                connection.leave();
            } else {
                exchange.cut();
            }
        }
    }

    /** Lets nobody in any more, and cuts those who are still being answered. */
    @Override
    public void close() throws IOException {
        Set<Thread> threads;
        synchronized (this) {
            closed = true;
            threads = new HashSet<>(answering);
        }
        socket.close();
        for (Thread thread : threads) {
            thread.interrupt();
        }
        // The process may end next, and then the system would end in order what is to be cut.
        try {
            awaitEmpty(CUTTING_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for those who are still being answered, at most so long. */
    public synchronized void awaitEmpty(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!open.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
