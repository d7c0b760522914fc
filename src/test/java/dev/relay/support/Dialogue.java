package dev.relay.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that holds each of its connections as the test says, byte for byte: for what no ordinary server does. */
public final class Dialogue implements AutoCloseable {
    /** What is said on one connection. */
    public interface Part {
        void hold(Peer peer) throws Exception;
    }

    private final ServerSocket listening;
    private final Thread thread;
    private final CountDownLatch body = new CountDownLatch(1);
    private @Nullable Throwable thrown;

    private Dialogue(List<Part> parts) throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("dialogue").unstarted(() -> hold(parts));
        thread.start();
    }

    /** One part for each connection, in order. */
    public static Dialogue of(Part... parts) throws IOException {
        return new Dialogue(List.of(parts));
    }

    private void hold(List<Part> parts) {
        for (Part part : parts) {
            try (Socket socket = listening.accept()) {
                socket.setSoTimeout((int) Patience.LIMIT.toMillis());
                part.hold(new Peer(socket, body));
            } catch (Exception | AssertionError e) {
                thrown = e;
                return;
            }
        }
    }

    /** Returns once a body in chunks has been read to its end. */
    public void awaitBody() throws InterruptedException {
        if (!body.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("waited in vain for the end of a body");
        }
    }

    public String url(String target) {
        return "http://127.0.0.1:" + listening.getLocalPort() + target;
    }

    /** Waits for the last part to end; what it threw, this throws. */
    @Override
    public void close() throws IOException {
        Patience.join(thread);
        listening.close();
        if (thrown != null) {
            throw new AssertionError("the dialogue went otherwise", thrown);
        }
    }

    /** The other side of a connection. */
    public static final class Peer {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private final CountDownLatch body;

        private Peer(Socket socket, CountDownLatch body) throws IOException {
            this.socket = socket;
            this.body = body;
            this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            this.out = socket.getOutputStream();
        }

        /** A request head. */
        public String head() throws IOException {
            var head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("no whole head came: " + head);
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        /** So many bytes. */
        public String read(int count) throws IOException {
            return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
        }

        /** Reads so many bytes and forgets them. */
        public void skip(long count) throws IOException {
            in.skipNBytes(count);
        }

        /** Reads a body in chunks to its end. */
        public long chunks(MessageDigest digest) throws IOException {
            long sum = 0;
            while (true) {
                var line = new StringBuilder();
                while (line.indexOf("\r\n") < 0) {
                    line.append((char) in.read());
                }
                int size = Integer.parseInt(line.toString().strip(), 16);
                byte[] chunk = in.readNBytes(size);
                in.skipNBytes(2);
                digest.update(chunk);
                sum += size;
                if (size == 0) {
                    body.countDown();
                    return sum;
                }
            }
        }

        /** Ends the connection as it is: with unread bytes, by a reset. */
        public void close() throws IOException {
            socket.close();
        }

        /** How many bytes come until the other side ends, in order or by a reset. */
        public long drain() {
            byte[] buffer = new byte[64 * 1024];
            long sum = 0;
            try {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    sum += count;
                }
            } catch (IOException e) {
                return sum;
            }
            return sum;
        }

        /** Whether nothing comes for that long. */
        public boolean isSilentFor(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                return in.read() < 0;
            } catch (SocketTimeoutException e) {
                return true;
            } finally {
                socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            }
        }

        public void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** An answer with that status line and body. */
        public void answer(String status, String body) throws IOException {
            say("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Ends the connection by a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
