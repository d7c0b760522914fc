package dev.relay.support;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One accepted connection, which can be ended in every way that TCP and TLS know. */
final class Wire {
    private final int number;
    private final Socket tcp;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean gone;

    private Wire(int number, Socket tcp, Socket socket) throws IOException {
        this.number = number;
        this.tcp = tcp;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
    }

    /** Accepted, and the TLS handshake done where there is an identity to do it with. */
    static Wire accepted(int number, Socket tcp, @Nullable TlsIdentity identity, String... protocols)
            throws IOException {
        tcp.setTcpNoDelay(true);
        if (identity == null) {
            return new Wire(number, tcp, tcp);
        }
        var tls = (SSLSocket) identity.context().getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
        tls.setUseClientMode(false);
        var parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        identity.applyTo(parameters);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return new Wire(number, tcp, tls);
    }

    int number() {
        return number;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** The protocol that ALPN chose; empty when none was. */
    String protocol() {
        return socket instanceof SSLSocket tls ? tls.getApplicationProtocol() : "";
    }

    /** Whether the client's first bytes are these; they stay to be read. */
    boolean startsWith(String text) throws IOException {
        in.mark(text.length());
        byte[] start = in.readNBytes(text.length());
        in.reset();
        return text.equals(new String(start, StandardCharsets.ISO_8859_1));
    }

    /** Ends our side in order: a close_notify over TLS, then FIN. */
    void finish() throws IOException {
        out.flush();
        if (socket instanceof SSLSocket) {
            socket.shutdownOutput();
        }
        tcp.shutdownOutput();
    }

    /** FIN, and over TLS no word of goodbye. */
    void cut() throws IOException {
        out.flush();
        tcp.shutdownOutput();
    }

    /** RST. What was written before is sent first. */
    void reset() throws IOException {
        out.flush();
        tcp.setSoLinger(true, 0);
        tcp.close();
        left();
    }

    void close() {
        try {
            tcp.close();
        } catch (IOException e) {
            // It is closed as far as it can be: the descriptor is gone either way.
        }
        left();
    }

    /** The other side has closed or reset the connection. */
    synchronized void left() {
        gone = true;
        notifyAll();
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Returns once the other side has closed. */
    synchronized void awaitLeaving() {
        Patience.await(this, "the client to close connection " + number, () -> gone);
    }
}
