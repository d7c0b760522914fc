package dev.relay.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 server on the loopback that serves ranges of one entity, guarded by a strong validator, over connections
 * that stay, each of them no faster than it is told: what many servers do to each of their clients.
 */
final class RangeServer implements Closeable {
    private static final String TAG = "\"bench\"";
    private static final Pattern RANGE =
            Pattern.compile("\r\nrange: bytes=(\\d+)-(\\d*)\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONDITION = Pattern.compile("\r\nif-range: ([^\r]*)\r\n", Pattern.CASE_INSENSITIVE);
    private static final int PIECE = 64 * 1024;
    /** Of the time that a busy machine takes away, so much is made up for. */
    private static final long MADE_UP_FOR = TimeUnit.MILLISECONDS.toNanos(50);
    /** What waits in the server for its client counts as sent: it must not be much. */
    private static final int SEND_BUFFER = 256 * 1024;

    private final ServerSocketChannel listener;
    private final long length;
    private final long rate;
    private final AtomicLong sent = new AtomicLong();

    /**
     * @param length the bytes of the entity
     * @param rate bytes a second and connection
     */
    RangeServer(long length, long rate) throws IOException {
        this.length = length;
        this.rate = rate;
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        Thread.ofPlatform().daemon().name("ranges").start(this::accept);
    }

    String url() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/entity";
    }

    /** How many bytes of the entity have been handed to the system. */
    long sent() {
        return sent.get();
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
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            var bytes = ByteBuffer.allocate(PIECE);
            long due = System.nanoTime();
            for (String head = head(socket, bytes); !head.isEmpty(); head = head(socket, bytes)) {
                due = answer(head, socket, due);
            }
        } catch (IOException e) {
            // The client went away; it is the client that is measured, and its exit code tells.
        }
    }

    /** Reads a request's head, which has no body behind it; empty when there is none. */
    private static String head(SocketChannel socket, ByteBuffer bytes) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            if (socket.read(bytes.clear()) < 0) {
                return "";
            }
            head.append(StandardCharsets.ISO_8859_1.decode(bytes.flip()));
        }
        return head.toString();
    }

    private long answer(String head, SocketChannel socket, long due) throws IOException {
        Matcher range = RANGE.matcher(head);
        Matcher condition = CONDITION.matcher(head);
        boolean part = range.find() && (!condition.find() || condition.group(1).equals(TAG));
        long first = part ? Long.parseLong(range.group(1)) : 0;
        long last =
                part && !range.group(2).isEmpty() ? Math.min(length - 1, Long.parseLong(range.group(2))) : length - 1;
        String status =
                part ? "206 Partial Content\r\nContent-Range: bytes " + first + "-" + last + "/" + length : "200 OK";
        RawServer.text(
                socket,
                "HTTP/1.1 " + status + "\r\nETag: " + TAG + "\r\nAccept-Ranges: bytes\r\nContent-Length: "
                        + (last - first + 1) + "\r\n\r\n");
        return head.startsWith("HEAD ") ? due : write(first, last + 1, socket, due);
    }

    /** Writes that range, no piece of it before it is due, and says when the next one is. */
    private long write(long from, long to, SocketChannel socket, long start) throws IOException {
        long due = start;
        for (long at = from; at < to; ) {
            long now = System.nanoTime();
            due = Math.max(due, now - MADE_UP_FOR);
            for (long left = due - now; left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int size = (int) Math.min(PIECE, to - at);
            Payload.write(at, size, socket);
            sent.addAndGet(size);
            at += size;
            due += size * TimeUnit.SECONDS.toNanos(1) / rate;
        }
        return due;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
