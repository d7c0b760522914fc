package dev.relay.upstream;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads certificates of authorities from bundles and from directories. */
final class CaFiles {
    private static final int LARGEST = 1 << 22;

    private final Set<Certificate> certificates = new LinkedHashSet<>();

    /**
     * Adds the certificates of a bundle; null adds none.
     *
     * @throws FaultException 77 when it cannot be read, or there are none
     */
    CaFiles withFile(@Nullable Path bundle) throws FaultException {
        if (bundle != null) {
            try {
                Collection<? extends Certificate> read = read(bundle);
                if (read.isEmpty()) {
                    throw unreadable(bundle, "no certificate in it", null);
                }
                certificates.addAll(read);
            } catch (CertificateException e) {
                throw unreadable(bundle, "no PEM certificates: " + e.getMessage(), e);
            } catch (FaultException e) {
                throw e;
            } catch (IOException e) {
                throw unreadable(bundle, e instanceof NoSuchFileException ? "no such file" : reason(e), e);
            }
        }
        return this;
    }

    /**
     * Adds the certificates of all files in these directories, whatever their names; files that hold none are passed by,
     * and so are directories that cannot be read, unless that leaves nothing.
     *
     * @throws FaultException 77 when there are none in any of them
     */
    CaFiles withDirectories(List<Path> directories) throws FaultException {
        if (directories.isEmpty()) {
            return this;
        }
        boolean found = false;
        IOException failure = null;
        for (Path directory : directories) {
            try {
                found |= addAll(directory);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (!found) {
            String why = failure == null ? "no certificate in any of its files" : reason(failure);
            throw unreadable(directories.getFirst(), why, failure);
        }
        return this;
    }

    /** Adds what is there, and says whether there was anything. */
    private boolean addAll(Path directory) throws IOException {
        boolean found = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                // Twice the same bundle, beside the files that it was made of, costs time alone.
                if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= LARGEST) {
                    try {
                        Collection<? extends Certificate> read = read(file);
                        certificates.addAll(read);
                        found |= !read.isEmpty();
                    } catch (CertificateException _) {
                        // A list of revoked certificates, a note, a key: what is no certificate is trusted by nobody.
                    }
                }
            }
        }
        return found;
    }

    private static Collection<? extends Certificate> read(Path bundle) throws CertificateException, IOException {
        try (InputStream pem = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        }
    }

    /** All of them, as what checks servers wants them. */
    KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such directory";
            case NotDirectoryException _ -> "not a directory";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static FaultException unreadable(Path where, String why, @Nullable Exception cause) {
        Fault fault = Fault.of(ExitCode.CA_UNREADABLE, where.toString(), why);
        return cause == null ? fault.exception() : fault.exception(cause);
    }
}
