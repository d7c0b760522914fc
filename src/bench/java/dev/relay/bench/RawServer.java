package dev.relay.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server on the loopback that does nothing but write: what limits a download is then the client. */
final class RawServer implements Closeable {
    private final ServerSocketChannel listener;
    private final @Nullable SSLContext tls;
    private final Answer answer;

    /** What is written, head and body, to one request; the connection ends with it. */
    interface Answer {
        void write(String target, WritableByteChannel out) throws IOException, InterruptedException;
    }

    /** @param tls who the server is; null in clear */
    RawServer(@Nullable SSLContext tls, Answer answer) throws IOException {
        this.tls = tls;
        this.answer = answer;
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        Thread.ofPlatform().daemon().name("upstream").start(this::accept);
    }

    String url(String target) throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return tls == null ? "http://127.0.0.1:" + port + target : "https://localhost:" + port + target;
    }

    /** Answers {@code /bytes/N} by N bytes, with a length. */
    static void bulk(String target, WritableByteChannel out) throws IOException {
        long length = Long.parseLong(target.substring("/bytes/".length()));
        head(out, "Content-Type: application/octet-stream", "Content-Length: " + length);
        Payload.write(length, out);
    }

    /** Writes a head with those fields. */
    static void head(WritableByteChannel out, String... fields) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\n" + String.join("\r\n", fields) + "\r\nConnection: close\r\n\r\n");
    }

    static void text(WritableByteChannel out, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the measurement is over.
        }
    }

    private void serve(SocketChannel socket) {
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteChannel channel = tls == null ? socket : new TlsChannel(socket, tls);
            answer.write(target(channel), channel);
            channel.close();
        } catch (IOException e) {
            // The client went away; it is the client that is measured, and its exit code tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a request's head; a GET has no body. */
    private static String target(ByteChannel channel) throws IOException {
        var head = new StringBuilder();
        var bytes = ByteBuffer.allocate(64 * 1024);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(bytes.clear()) < 0) {
                throw new IOException("no request");
            }
            head.append(StandardCharsets.ISO_8859_1.decode(bytes.flip()));
        }
        return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/"));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
