package dev.relay.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server on the loopback that does nothing but read: what limits an upload is then the client. */
final class SinkServer implements Closeable {
    private static final byte[] END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocketChannel listener;
    private final @Nullable SSLContext tls;

    /** @param tls who the server is; null in clear */
    SinkServer(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        Thread.ofPlatform().daemon().name("sink").start(this::accept);
    }

    String url() throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return tls == null ? "http://127.0.0.1:" + port + "/sink" : "https://localhost:" + port + "/sink";
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
            ByteChannel channel = tls == null ? socket : new TlsChannel(socket, tls);
            var bytes = ByteBuffer.allocateDirect(256 * 1024);
            var tail = new Tail();
            boolean head = true;
            while (!tail.isEnd()) {
                if (channel.read(bytes.clear()) < 0) {
                    return;
                }
                if (head) {
                    RawServer.text(channel, "HTTP/1.1 100 Continue\r\n\r\n");
                    head = false;
                }
                tail.add(bytes.flip());
            }
            RawServer.text(channel, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            channel.close();
        } catch (IOException e) {
            // The client went away; it is the client that is measured, and its exit code tells.
        }
    }

    /** The last bytes of a chunked body: those of its end are none that a body of zeros has. */
    private static final class Tail {
        private final byte[] last = new byte[END.length];

        void add(ByteBuffer bytes) {
            int added = Math.min(bytes.remaining(), last.length);
            System.arraycopy(last, added, last, 0, last.length - added);
            bytes.get(bytes.limit() - added, last, last.length - added, added);
        }

        boolean isEnd() {
            return Arrays.equals(last, END);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
