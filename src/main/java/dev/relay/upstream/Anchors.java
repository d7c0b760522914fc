package dev.relay.upstream;

import dev.relay.plan.Trust;
import dev.relay.upstream.identity.OwnCertificate;
import dev.relay.upstream.identity.OwnKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS rests on: the certificates that are trusted, and the client's own. Both are read when the first TLS connection
 * is made, once for all clients of a run.
 */
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
    private @Nullable OwnKeys keys;

    Anchors(Trust trust, Map<String, String> environment) {
        this.trust = trust;
        this.environment = environment;
    }

    /** What is asked of servers. */
    Trust trust() {
        return trust;
    }

    /** What is shown to a server that asks for a certificate. */
    synchronized OwnKeys keys() throws IOException {
        OwnKeys made = keys;
        if (made == null) {
            made = new OwnKeys(
                    trust.identity() == null
                            ? null
                            : OwnCertificate.read(trust.identity(), OwnCertificate.Advice.OF_A_CLIENT));
            keys = made;
        }
        return made;
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
        factory.init(store());
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this runtime cannot check certificates");
    }

    /** The certificates to trust; null for the runtime's own. */
    private @Nullable KeyStore store() throws GeneralSecurityException, IOException {
        if (trust.caFile() != null || trust.caDirectory() != null) {
            List<Path> directories = trust.caDirectory() == null ? List.of() : List.of(trust.caDirectory());
            return new CaFiles()
                    .withFile(trust.caFile())
                    .withDirectories(directories)
                    .store();
        }
        // One bundle is read in a moment, a directory of some hundred files is not: it counts where no bundle is named.
        List<Path> file = named("SSL_CERT_FILE");
        List<Path> directories = file.isEmpty() ? named("SSL_CERT_DIR") : List.of();
        if (!file.isEmpty() || !directories.isEmpty()) {
            return new CaFiles()
                    .withFile(file.isEmpty() ? null : file.getFirst())
                    .withDirectories(directories)
                    .store();
        }
        for (String candidate : SYSTEM_BUNDLES) {
            Path bundle = Path.of(candidate);
            if (Files.isReadable(bundle)) {
                return new CaFiles().withFile(bundle).store();
            }
        }
        return null;
    }

    /** The path in a variable of the environment, or the several of a directory list. */
    private List<Path> named(String variable) {
        String value = environment.getOrDefault(variable, "");
        var paths = new ArrayList<Path>();
        for (String path : variable.endsWith("DIR") ? value.split(File.pathSeparator, -1) : new String[] {value}) {
            if (!path.isEmpty()) {
                paths.add(Path.of(path));
            }
        }
        return paths;
    }
}
