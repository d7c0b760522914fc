package dev.relay.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody answers at. */
public final class Ports {
    private Ports() {}

    /** A port at which a connection is refused. */
    public static int refusing() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A port at which a connection is neither taken nor refused, because its queue is full. */
    public static final class Deaf implements AutoCloseable {
        private final ServerSocket server;
        private final List<Socket> queued = new ArrayList<>();

        public Deaf() throws IOException {
            this(InetAddress.getLoopbackAddress(), 0);
        }

        /** That port of that address; 0 for any. */
        public Deaf(InetAddress address, int port) throws IOException {
            server = new ServerSocket(port, 1, address);
            try {
                while (queued.size() < 100) {
                    var socket = new Socket();
                    queued.add(socket);
                    socket.connect(server.getLocalSocketAddress(), 200);
                }
                throw new IllegalStateException("the queue of a socket has no end here");
            } catch (SocketTimeoutException e) {
                // The queue is full: this is what was wanted.
            }
        }

        public int port() {
            return ((InetSocketAddress) server.getLocalSocketAddress()).getPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queued) {
                socket.close();
            }
            server.close();
        }
    }
}
