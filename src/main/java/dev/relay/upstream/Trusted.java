package dev.relay.upstream;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that are trusted, read when the first TLS connection is made. */
final class Trusted {
    /** Where systems keep the bundle of the CAs that they trust: Debian, Fedora, Alpine and others, FreeBSD. */
    private static final List<String> SYSTEM_BUNDLES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem",
            "/usr/local/share/certs/ca-root-nss.crt");

    private final Trust trust;
    private final Map<String, String> environment;
    private final Runnable onCertificate;
    private @Nullable SSLContext context;
    private volatile @Nullable SSLEngine engine;

    /** @param onCertificate runs in the handshake, when the server has shown its certificate */
    Trusted(Trust trust, Map<String, String> environment, Runnable onCertificate) {
        this.trust = trust;
        this.environment = environment;
        this.onCertificate = onCertificate;
    }

    /** The context with these certificates; a fault travels in an UncheckedIOException. */
    synchronized SSLContext context() {
        SSLContext made = context;
        if (made == null) {
            try {
                made = make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            context = made;
        }
        return made;
    }

    /** The engine of a new connection. */
    SSLEngine engine(String host, int port) {
        SSLEngine made = context().createSSLEngine(host, port);
        engine = made;
        return made;
    }

    /** Whether the last connection was ended by a close_notify: without one it may have been cut (RFC 8446 §6.1). */
    boolean saidGoodbye() {
        SSLEngine last = engine;
        return last == null || last.isInboundDone();
    }

    /** Makes the context now, where a fault can be told. */
    synchronized void prepare() throws IOException {
        if (context == null) {
            context = make();
        }
    }

    private SSLContext make() throws IOException {
        try {
            var tls = SSLContext.getInstance("TLS");
            X509ExtendedTrustManager manager = trust.verify() ? pkix() : null;
            tls.init(null, new TrustManager[] {new Watching(manager, onCertificate)}, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw Fault.of(ExitCode.TLS_HANDSHAKE, "TLS", String.valueOf(e.getMessage()))
                    .exception(e);
        }
    }

    private X509ExtendedTrustManager pkix() throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        Path bundle = bundle();
        factory.init(bundle == null ? null : store(bundle));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this runtime cannot check certificates");
    }

    /** The file to trust; null for the runtime's own store. */
    private @Nullable Path bundle() {
        if (trust.caFile() != null) {
            return trust.caFile();
        }
        String named = environment.get("SSL_CERT_FILE");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        for (String candidate : SYSTEM_BUNDLES) {
            Path bundle = Path.of(candidate);
            if (Files.isReadable(bundle)) {
                return bundle;
            }
        }
        return null;
    }

    private static KeyStore store(Path bundle) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(bundle)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        if (number == 0) {
            throw unreadable(bundle, "no certificate in it", null);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path bundle) throws IOException {
        try (InputStream pem = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        } catch (CertificateException e) {
            throw unreadable(bundle, "no PEM certificates: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw unreadable(bundle, "no such file", e);
        } catch (IOException e) {
            throw unreadable(bundle, String.valueOf(e.getMessage()), e);
        }
    }

    private static FaultException unreadable(Path bundle, String why, @Nullable Exception cause) {
        Fault fault = Fault.of(ExitCode.CA_UNREADABLE, bundle.toString(), why);
        return cause == null ? fault.exception() : fault.exception(cause);
    }

    /** Tells that the certificate has come, then checks it; without a check everything is trusted, any name too. */
    private static final class Watching extends X509ExtendedTrustManager {
        private final @Nullable X509ExtendedTrustManager check;
        private final Runnable onCertificate;

        Watching(@Nullable X509ExtendedTrustManager check, Runnable onCertificate) {
            this.check = check;
            this.onCertificate = onCertificate;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            onCertificate.run();
            if (check != null) {
                checkDates(chain);
                check.checkServerTrusted(chain, authType, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            onCertificate.run();
            if (check != null) {
                checkDates(chain);
                check.checkServerTrusted(chain, authType, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            onCertificate.run();
            if (check != null) {
                checkDates(chain);
                check.checkServerTrusted(chain, authType);
            }
        }

        /** The JDK does not look at the dates of a certificate that is itself trusted. */
        private static void checkDates(X509Certificate[] chain) throws CertificateException {
            for (X509Certificate certificate : chain) {
                certificate.checkValidity();
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("relay is the client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("relay is the client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("relay is the client here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
