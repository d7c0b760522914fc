package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client on a raw socket, that says what the test says, right or wrong, and leaves as it pleases. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private boolean reset;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects to that port of the loopback address. */
    public static RawClient to(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        return new RawClient(socket);
    }

    /** Connects, with a system that takes no more than so many bytes ahead of its reader. */
    public static RawClient to(int port, int ahead) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(ahead);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    /** Sends a GET for that target, as HTTP/1.1, with these lines. */
    public RawClient get(String target, String... lines) throws IOException {
        return request("GET", target, lines);
    }

    /** Sends a request without a body. */
    public RawClient request(String method, String target, String... lines) throws IOException {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return send(head + "\r\n");
    }

    /** Sends that, and nothing else. */
    public RawClient send(String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Ends our direction in order. */
    public RawClient endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads so many bytes, waiting for them; fewer at the end. */
    public String read(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Reads up to and with that text. */
    public String readTo(String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("the end instead of " + text + ": " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Reads the head of a response. */
    public String head() throws IOException {
        return readTo("\r\n\r\n");
    }

    /** Reads all there is, to the end of the connection, in order or by a reset. */
    public byte[] rest() throws IOException {
        var read = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int got = socket.getInputStream().read(buffer);
                    got >= 0;
                    got = socket.getInputStream().read(buffer)) {
                read.writeBytes(Arrays.copyOf(buffer, got));
            }
        } catch (SocketException e) {
            reset = true;
        }
        return read.toByteArray();
    }

    /** As {@link #rest}, as text. */
    public String restText() throws IOException {
        return new String(rest(), StandardCharsets.ISO_8859_1);
    }

    /** Whether what {@link #rest} read ended with a reset. */
    public boolean wasReset() {
        return reset;
    }

    /** Leaves by a reset. */
    public void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
