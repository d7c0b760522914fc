package dev.relay.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** The server's side of TLS over a blocking socket; many records leave in one write. */
final class TlsChannel implements ByteChannel {
    private final SocketChannel socket;
    private final SSLEngine engine;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024).flip();
    private final ByteBuffer outgoing = ByteBuffer.allocate(512 * 1024);

    TlsChannel(SocketChannel socket, SSLContext context) throws IOException {
        this.socket = socket;
        this.engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        var parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        shakeHands();
    }

    private void shakeHands() throws IOException {
        var nothing = ByteBuffer.allocate(0);
        var unused = ByteBuffer.allocate(64 * 1024);
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    engine.wrap(nothing, outgoing);
                    flush();
                }
                default -> unwrap(unused);
            }
        }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        int before = bytes.position();
        while (bytes.position() == before) {
            unwrap(bytes);
        }
        return bytes.position() - before;
    }

    private void unwrap(ByteBuffer bytes) throws IOException {
        switch (engine.unwrap(incoming, bytes).getStatus()) {
            case BUFFER_UNDERFLOW -> {
                incoming.compact();
                int got = socket.read(incoming);
                incoming.flip();
                if (got < 0) {
                    throw new EOFException();
                }
            }
            case CLOSED -> throw new EOFException();
            default -> {}
        }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int before = bytes.position();
        int packet = engine.getSession().getPacketBufferSize();
        while (bytes.hasRemaining()) {
            engine.wrap(bytes, outgoing);
            if (outgoing.remaining() < packet) {
                flush();
            }
        }
        flush();
        return bytes.position() - before;
    }

    private void flush() throws IOException {
        outgoing.flip();
        while (outgoing.hasRemaining()) {
            socket.write(outgoing);
        }
        outgoing.clear();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Says that the end is the end, and closes. */
    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        engine.wrap(ByteBuffer.allocate(0), outgoing);
        flush();
        socket.shutdownOutput();
        // Closed with unread bytes, the connection would be reset and the client lose what is under way.
        while (socket.read(incoming.clear()) >= 0) {}
        socket.close();
    }
}
