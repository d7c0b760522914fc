package dev.relay.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP or Unix domain socket. The channel does not block: a direction that has to wait does so on a selector of its own,
 * which can be limited, interrupted and ended from outside, as a blocked read of a socket cannot.
 */
public final class SocketLine implements Line {
    /** Limits beyond this are none. */
    private static final long LONGEST = FOR_EVER / 2;

    private final SocketChannel channel;
    private final Gate reading = new Gate(SelectionKey.OP_READ);
    private final Gate writing = new Gate(SelectionKey.OP_WRITE);
    private LongSupplier outstanding = () -> -1;

    private SocketLine(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @param nanos how long that may take
     * @throws SocketTimeoutException when it took longer
     */
    public static SocketLine connect(SocketAddress to, long nanos) throws IOException {
        return connect(to, null, nanos);
    }

    /**
     * Connects.
     *
     * @param from the address of this machine that the connection comes from; null for any
     * @param nanos how long that may take
     * @throws SocketTimeoutException when it took longer
     * @throws java.net.BindException when this machine has no such address
     */
    public static SocketLine connect(SocketAddress to, @Nullable InetAddress from, long nanos) throws IOException {
        SocketChannel channel = to instanceof UnixDomainSocketAddress ? SocketChannel.open(to) : SocketChannel.open();
        var line = new SocketLine(channel);
        try {
            channel.configureBlocking(false);
            if (from != null) {
                channel.bind(new InetSocketAddress(from, 0));
            }
            if (!channel.isConnected() && !channel.connect(to)) {
                line.awaitConnection(nanos);
            }
            line.quicken();
            return line;
        } catch (IOException | RuntimeException e) {
            line.close();
            throw e;
        }
    }

    /** A connection that a server has accepted; that its other end has vanished without a word is found out by the system. */
    public static SocketLine accepted(SocketChannel channel) throws IOException {
        var line = new SocketLine(channel);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        line.quicken();
        return line;
    }

    /**
     * Has somebody asked whether the other side takes anything. A system says that more can be written only when much of
     * its buffer is free, and a slow reader may need hours for that.
     *
     * @param bytes how many are on their way and not confirmed; negative when that is not known
     */
    public void watching(LongSupplier bytes) {
        outstanding = bytes;
    }

    private void awaitConnection(long nanos) throws IOException {
        try (var connecting = new Gate(SelectionKey.OP_CONNECT)) {
            long deadline = System.nanoTime() + nanos;
            while (!channel.finishConnect()) {
                long left = nanos == FOR_EVER ? FOR_EVER : deadline - System.nanoTime();
                if (!connecting.await(left)) {
                    throw new SocketTimeoutException("no connection");
                }
            }
        }
    }

    /** Small pieces leave at once: nobody but the sender knows whether more will follow (RFC 9293 §3.7.4). */
    private void quicken() throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    /** Where the other side is. */
    public SocketAddress remote() throws IOException {
        return channel.getRemoteAddress();
    }

    @Override
    public int read(ByteBuffer into, long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            int count = channel.read(into);
            if (count != 0) {
                return count;
            }
            long left = nanos == FOR_EVER ? FOR_EVER : deadline - System.nanoTime();
            if (!reading.await(left)) {
                throw new SocketTimeoutException("nothing came");
            }
        }
    }

    @Override
    public void write(long nanos, ByteBuffer... pieces) throws IOException {
        while (anyLeft(pieces)) {
            long count = pieces.length == 1 ? channel.write(pieces[0]) : channel.write(pieces);
            if (count == 0) {
                awaitRoom(nanos);
            }
        }
    }

    /** Looks only now and then, and at first not at all: most waits are short, and looking costs. */
    private void awaitRoom(long nanos) throws IOException {
        long look = nanos == FOR_EVER ? FOR_EVER : nanos / 4;
        long since = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (!writing.await(look)) {
            long left = outstanding.getAsLong();
            boolean moves = left >= 0 && left < least && least != Long.MAX_VALUE;
            if (left >= 0) {
                least = Math.min(least, left);
            }
            if (moves) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since >= nanos) {
                throw new SocketTimeoutException("nothing was taken");
            }
        }
    }

    private static boolean anyLeft(ByteBuffer[] pieces) {
        for (ByteBuffer piece : pieces) {
            if (piece.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void abort() {
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException _) {
            // It is closed already, and the close below does nothing.
        }
        close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // What could not be delivered is the other side's to notice: it sees no orderly end.
        }
        // Only when no selector knows the channel any more is the socket really closed.
        reading.close();
        writing.close();
    }

    /** Where one direction waits for its turn; made when it first has to. */
    private final class Gate implements AutoCloseable {
        private final int event;
        private @Nullable Selector selector;
        private boolean closed;

        Gate(int event) {
            this.event = event;
        }

        /** Waits for the event; false when the time is up. */
        boolean await(long nanos) throws IOException {
            if (nanos <= 0) {
                return false;
            }
            Selector open = selector();
            try {
                // Rounded up, so that a limit is never passed too early; 0 is no limit.
                long millis = nanos > LONGEST ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
                int ready = open.select(_ -> {}, millis);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("stopped while waiting for the connection");
                }
                return ready > 0 || millis == 0;
            } catch (ClosedSelectorException e) {
                var ended = new AsynchronousCloseException();
                ended.initCause(e);
                throw ended;
            }
        }

        private synchronized Selector selector() throws IOException {
            if (closed) {
                throw new AsynchronousCloseException();
            }
            Selector open = selector;
            if (open == null) {
                open = Selector.open();
                selector = open;
                channel.register(open, event);
            }
            return open;
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (selector != null) {
                try {
                    selector.close();
                } catch (IOException _) {
                    // Nothing was to be learnt from it any more.
                }
            }
        }
    }
}
