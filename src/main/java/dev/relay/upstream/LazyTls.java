package dev.relay.upstream;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A TLS context that is made when a connection first needs it. The client asks for one in its constructor, for plain
 * http too, and the JDK's default loads the whole trust store there.
 */
final class LazyTls extends SSLContextSpi {
    private final Trusted trusted;

    private LazyTls(Trusted trusted) {
        this.trusted = trusted;
    }

    /** @param trusted makes the real context, on the first handshake */
    static SSLContext of(Trusted trusted) {
        return new SSLContext(new LazyTls(trusted), null, "TLS") {};
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("already initialised");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return trusted.context().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return trusted.engine(host, port);
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return trusted.context().getSupportedSSLParameters();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return trusted.context().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return trusted.context().getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return trusted.context().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return trusted.context().getClientSessionContext();
    }
}
