package dev.relay.upstream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.Comparator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Brings parts of the runtime up in a thread of its own, while the arguments are read and the connection is made. Of the
 * client, the one lambda that no cache can hold, for it is serializable. Of TLS, its classes and the tables of its
 * curves, which take as long as the rest of a small exchange.
 */
public final class WarmUp {
    private WarmUp() {}

    /** Begins, when one of the arguments looks as if it led to an exchange. */
    public static void begin(String[] argv) {
        for (String argument : argv) {
            if (argument.startsWith("http") || argument.startsWith("wss:")) {
                boolean secure = argument.startsWith("https:") || argument.startsWith("wss:");
                var thread = new Thread(() -> run(secure), "warm-up");
                thread.setDaemon(true);
                thread.start();
                return;
            }
        }
    }

    private static void run(boolean secure) {
        Comparator<Object> _ = Comparator.comparing(Object::toString);
        if (secure) {
            tls();
        }
    }

    private static void tls() {
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
