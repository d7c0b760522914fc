package dev.relay.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Accepts connections on a port of its own, has each served on a thread of its own, and keeps what arrived. */
final class Reception implements AutoCloseable {
    /** What is done first with a connection: the handshake, where there is one. */
    interface Greeting {
        Wire greet(int number, Socket socket) throws IOException;
    }

    /** What is done with a connection. */
    interface Conversation {
        void hold(Wire wire) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Greeting greeting;
    private final Conversation conversation;
    private final List<Wire> wires = new ArrayList<>();
    private final List<Socket> accepted = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int connections;
    private long sent;
    private boolean closed;

    /** @param port where it listens; 0 for any port */
    Reception(InetAddress address, int port, Greeting greeting, Conversation conversation) throws IOException {
        this.server = new ServerSocket(port, 256, address);
        this.greeting = greeting;
        this.conversation = conversation;
        start("accepting on " + server.getLocalPort(), this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            int number;
            synchronized (this) {
                number = connections++;
                accepted.add(socket);
                notifyAll();
            }
            start("connection " + number, () -> serve(number, socket));
        }
    }

    private void serve(int number, Socket socket) throws IOException, InterruptedException {
        Wire wire;
        try {
            wire = greeting.greet(number, socket);
        } catch (IOException e) {
            // The client did not like our certificate, which is its business, and the test's to notice.
            socket.close();
            return;
        }
        synchronized (this) {
            wires.add(wire);
            notifyAll();
        }
        conversation.hold(wire);
    }

    /** Work that may end by an I/O error, which is what clients that leave look like. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs it on a thread that ends with this reception; anything but an I/O error is a failure of the test. */
    final void start(String name, Work work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // The client left, or the test is over.
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        });
        synchronized (this) {
            threads.add(thread);
        }
        thread.start();
    }

    synchronized void failed(Throwable failure) {
        failures.add(failure);
    }

    /** So many bytes of a body have been handed to the system. */
    synchronized void sent(int bytes) {
        sent += bytes;
        notifyAll();
    }

    synchronized long sent() {
        return sent;
    }

    synchronized void awaitSent(long bytes) {
        Patience.await(this, bytes + " bytes to be sent", () -> sent >= bytes);
    }

    synchronized RecordedRequest record(Wire wire, byte[] head, String requestLine, List<String> headerLines) {
        var request = new RecordedRequest(requests.size(), wire.number(), head, requestLine, headerLines);
        requests.add(request);
        notifyAll();
        return request;
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** That request, waiting for it. */
    synchronized RecordedRequest request(int number) {
        Patience.await(this, "request " + number, () -> requests.size() > number);
        return requests.get(number);
    }

    /** How many connections were opened, whether a handshake followed or not. */
    synchronized int connections() {
        return connections;
    }

    /** That connection by the order in which it was accepted, waiting for its handshake. */
    synchronized Wire wire(int number) {
        Patience.await(this, "connection " + number, () -> find(number) != null);
        Wire found = find(number);
        if (found == null) {
            throw new IllegalStateException("connection " + number + " was there");
        }
        return found;
    }

    private synchronized @Nullable Wire find(int number) {
        for (Wire wire : wires) {
            if (wire.number() == number) {
                return wire;
            }
        }
        return null;
    }

    synchronized void awaitConnections(int count) {
        Patience.await(this, count + " connections", () -> connections >= count);
    }

    @Override
    public void close() throws IOException {
        List<Thread> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = List.copyOf(threads);
        }
        server.close();
        running.forEach(Thread::interrupt);
        synchronized (this) {
            for (Socket socket : accepted) {
                socket.close();
            }
            wires.forEach(Wire::left);
        }
        awaitEnd(running);
        synchronized (this) {
            for (Throwable failure : failures) {
                throw new AssertionError("the scripted server failed", failure);
            }
        }
    }

    /** A connection may have ended for its client before its thread has told of a failure. */
    private static void awaitEnd(List<Thread> running) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        try {
            for (Thread thread : running) {
                boolean _ = thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
