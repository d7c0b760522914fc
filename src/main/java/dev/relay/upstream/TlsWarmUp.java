package dev.relay.upstream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Brings the runtime's TLS up in a thread of its own, while the arguments are read and the connection is made: its
 * classes and the tables of its curves take as long as the rest of a small exchange.
 */
public final class TlsWarmUp {
    private TlsWarmUp() {}

    /** Begins, when one of the arguments looks as if it led to TLS. */
    public static void begin(String[] argv) {
        for (String argument : argv) {
            if (argument.startsWith("https:")) {
                var thread = new Thread(TlsWarmUp::run, "TLS warm-up");
                thread.setDaemon(true);
                thread.start();
                return;
            }
        }
    }

    private static void run() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // No trust managers: the null that stands for the default would load the whole trust store.
            context.init(null, new TrustManager[0], null);
            SSLEngine engine = context.createSSLEngine("relay.invalid", 443);
            engine.setUseClientMode(true);
            engine.beginHandshake();
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
            CertificateFactory.getInstance("X.509");
        } catch (GeneralSecurityException | SSLException _) {
            // The exchange itself will find the same, and say it.
        }
    }
}
