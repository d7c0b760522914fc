package dev.relay.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server on raw sockets that does on each connection what the test says. */
public final class EchoServer implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final @Nullable TlsIdentity identity;
    private final String[] protocols;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    /** What happens on a connection; what it throws ends the connection. */
    public interface Script {
        void hold(Connection connection) throws Exception;
    }

    private EchoServer(Script script, @Nullable TlsIdentity identity, String... protocols) throws IOException {
        this.script = script;
        this.identity = identity;
        this.protocols = protocols;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static EchoServer doing(Script script) throws IOException {
        return new EchoServer(script, null);
    }

    /** Over TLS, with what ALPN is to choose from. */
    public static EchoServer as(TlsIdentity identity, Script script, String... protocols) throws IOException {
        return new EchoServer(script, identity, protocols);
    }

    /** Over HTTP/1.1: every piece of a chunked request comes back at once, as a chunk. */
    public static void echo(Connection connection) throws Exception {
        connection.readHead();
        connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (byte[] piece = connection.readChunk(); piece.length > 0; piece = connection.readChunk()) {
            connection.writeChunk(piece);
        }
        connection.write("0\r\n\r\n");
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> hold(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void hold(Socket socket) {
        try (socket) {
            Wire wire = Wire.accepted(0, socket, identity, protocols);
            script.hold(new Connection(wire));
        } catch (Exception e) {
            // The client sees the end of the connection, and the test what the client makes of it.
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The URL of this server under that scheme. */
    public String url(String scheme) {
        return scheme + "://localhost:" + port() + "/";
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
    }

    /** One connection, as its script sees it. */
    public static final class Connection {
        private final Wire wire;

        Connection(Wire wire) {
            this.wire = wire;
        }

        public InputStream in() {
            return wire.in();
        }

        public OutputStream out() {
            return wire.out();
        }

        /** A head, up to the empty line, its lines ended by CRLF. */
        public String readHead() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in().read();
                if (c < 0) {
                    throw new IOException("the client has gone");
                }
                head.append((char) c);
            }
            return head.toString();
        }

        private String readLine() throws IOException {
            var line = new StringBuilder();
            for (int c = in().read(); c != '\n'; c = in().read()) {
                if (c < 0) {
                    throw new IOException("the client has gone");
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }

        /** The next chunk of the request; empty at its end. */
        public byte[] readChunk() throws IOException {
            int size = Integer.parseInt(readLine(), 16);
            byte[] piece = in().readNBytes(size);
            readLine();
            return piece;
        }

        public void writeChunk(byte[] piece) throws IOException {
            out().write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out().write(piece);
            write("\r\n");
        }

        public void write(String text) throws IOException {
            out().write(text.getBytes(StandardCharsets.ISO_8859_1));
            out().flush();
        }

        public void write(byte... bytes) throws IOException {
            out().write(bytes);
            out().flush();
        }

        /** Sends no more, and can still read. */
        public void finish() throws IOException {
            wire.finish();
        }

        public void reset() throws IOException {
            wire.reset();
        }

        /** Does nothing until the client has gone, and reads nothing. */
        public void ignore() throws InterruptedException {
            synchronized (this) {
                while (true) {
                    wait();
                }
            }
        }
    }
}
