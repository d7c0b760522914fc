package dev.relay.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** TLS over another connection (RFC 8446), which may itself be one through a proxy. */
public final class TlsLine implements Line {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How many records one read or write of the connection may carry. */
    private static final int RECORDS = 4;

    private final Line under;
    private final SSLEngine engine;
    /** The writer's, and for a moment the reader's when the protocol wants an answer. */
    private final ReentrantLock outgoing = new ReentrantLock();

    private final ByteBuffer sealed;
    /** What has come and was not opened yet; in reading position. */
    private ByteBuffer received;
    /** What was opened and not handed out yet; in reading position. */
    private ByteBuffer opened;

    private TlsLine(Line under, SSLEngine engine) {
        this.under = under;
        this.engine = engine;
        SSLSession session = engine.getSession();
        this.sealed = ByteBuffer.allocateDirect(session.getPacketBufferSize() * RECORDS);
        this.received = ByteBuffer.allocateDirect(session.getPacketBufferSize() * RECORDS)
                .limit(0);
        this.opened =
                ByteBuffer.allocateDirect(session.getApplicationBufferSize()).limit(0);
    }

    /**
     * Shakes hands.
     *
     * @param engine already told which side it is, whom it expects, and the protocols that it offers
     * @param nanos how long the other side may be silent
     */
    public static TlsLine over(Line under, SSLEngine engine, long nanos) throws IOException {
        var line = new TlsLine(under, engine);
        engine.beginHandshake();
        line.shakeHands(nanos);
        return line;
    }

    /** The protocol that was agreed on by ALPN (RFC 7301); empty for none. */
    public String protocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    /** What was agreed on: version, cipher, the other side's certificates. */
    public SSLSession session() {
        return engine.getSession();
    }

    private void shakeHands(long nanos) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> seal(nanos, NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (open(opened.clear(), nanos) < 0) {
                        throw new SSLException("the connection was closed in the middle of the handshake");
                    }
                    opened.flip();
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
            if (opened.hasRemaining()) {
                return;
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public int read(ByteBuffer into, long nanos) throws IOException {
        if (!opened.hasRemaining()) {
            int count;
            do {
                // Straight into the caller's buffer when a whole record fits.
                boolean straight = into.remaining() >= engine.getSession().getApplicationBufferSize();
                int before = into.position();
                count = open(straight ? into : opened.clear(), nanos);
                if (straight) {
                    count = count < 0 ? count : into.position() - before;
                    if (count != 0) {
                        return count;
                    }
                } else {
                    opened.flip();
                }
            } while (count == 0 && !opened.hasRemaining());
            if (count < 0) {
                return -1;
            }
        }
        int count = Math.min(into.remaining(), opened.remaining());
        into.put(opened.slice(opened.position(), count));
        opened.position(opened.position() + count);
        return count;
    }

    /** Opens one record into the buffer, which may turn out to hold nothing for the caller; -1 at the orderly end. */
    private int open(ByteBuffer into, long nanos) throws IOException {
        while (true) {
            SSLEngineResult result = engine.unwrap(received, into);
            answer(nanos);
            if (result.getStatus() == Status.CLOSED) {
                return -1;
            }
            if (result.getStatus() == Status.OK) {
                return result.bytesProduced();
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new SSLException("a record is larger than the session allows");
            }
            receive(nanos);
        }
    }

    private void receive(long nanos) throws IOException {
        received.compact();
        try {
            if (!received.hasRemaining()) {
                throw new SSLException("a record is larger than the session allows");
            }
            if (under.read(received, nanos) < 0) {
                throw new EOFException("the TLS connection ended without a close_notify");
            }
        } finally {
            received.flip();
        }
    }

    /** Does what the protocol asks of this side after a record has come: a key update, the answer to a close. */
    private void answer(long nanos) throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
            status = engine.getHandshakeStatus();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            seal(nanos, NOTHING);
        }
    }

    @Override
    public void write(long nanos, ByteBuffer... pieces) throws IOException {
        while (anyLeft(pieces)) {
            seal(nanos, pieces);
        }
    }

    /** Sends one record, and as many more as fit into one write. */
    private void seal(long nanos, ByteBuffer... pieces) throws IOException {
        outgoing.lock();
        try {
            sealed.clear();
            do {
                SSLEngineResult result = engine.wrap(pieces, sealed);
                if (result.getStatus() == Status.CLOSED && sealed.position() == 0) {
                    throw new SSLException("the TLS connection is closed");
                }
                if (result.getStatus() != Status.OK) {
                    break;
                }
            } while (anyLeft(pieces)
                    && sealed.remaining() >= engine.getSession().getPacketBufferSize());
            under.write(nanos, sealed.flip());
        } finally {
            outgoing.unlock();
        }
    }

    private static boolean anyLeft(ByteBuffer... pieces) {
        for (ByteBuffer piece : pieces) {
            if (piece.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void shutdownOutput() throws IOException {
        outgoing.lock();
        try {
            engine.closeOutbound();
            while (!engine.isOutboundDone()) {
                sealed.clear();
                SSLEngineResult result = engine.wrap(NOTHING, sealed);
                under.write(sealed.flip());
                if (result.getStatus() == Status.CLOSED) {
                    break;
                }
            }
        } finally {
            outgoing.unlock();
        }
    }

    @Override
    public void abort() {
        under.abort();
    }

    /** Says goodbye if that can be done at once, and ends. */
    @Override
    public void close() {
        if (outgoing.tryLock()) {
            try {
                engine.closeOutbound();
                sealed.clear();
                engine.wrap(NOTHING, sealed);
                under.write(1, sealed.flip());
            } catch (IOException _) {
                // The other side is gone, or does not listen: nothing is owed to it.
            } finally {
                outgoing.unlock();
            }
        }
        under.close();
    }
}
