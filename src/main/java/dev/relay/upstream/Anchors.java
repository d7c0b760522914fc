package dev.relay.upstream;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that are trusted, read when the first TLS connection is made, once for all clients of a run. */
final class Anchors {
    /** Where systems keep the bundle of the CAs that they trust: Debian, Fedora, Alpine and others, FreeBSD. */
    private static final List<String> SYSTEM_BUNDLES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem",
            "/usr/local/share/certs/ca-root-nss.crt");

    private final Trust trust;
    private final Map<String, String> environment;
    private @Nullable X509ExtendedTrustManager read;

    Anchors(Trust trust, Map<String, String> environment) {
        this.trust = trust;
        this.environment = environment;
    }

    /** What checks a server's certificate; null when nothing is checked. */
    synchronized @Nullable X509ExtendedTrustManager check() throws GeneralSecurityException, IOException {
        if (read == null && trust.verify()) {
            read = pkix();
        }
        return read;
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
}
