package dev.relay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate of localhost, made by the JDK's keytool.
 *
 * @param store a PKCS#12 file with both
 * @param certificate the certificate as PEM, for {@code --cacert}
 */
record Identity(Path store, Path certificate) {
    static final String PASSWORD = "localhost";

    /** On the curve P-256, as most certificates of today. */
    static Identity elliptic(Path directory) throws IOException {
        return made(directory, "ec", List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }

    /** RSA with 2048 bits. */
    static Identity rsa(Path directory) throws IOException {
        return made(directory, "rsa", List.of("-keyalg", "RSA", "-keysize", "2048"));
    }

    private static Identity made(Path directory, String name, List<String> algorithm) throws IOException {
        Path store = directory.resolve(name + ".p12");
        Path certificate = directory.resolve(name + ".pem");
        keytool(
                store,
                algorithm,
                List.of(
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "30",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1"));
        keytool(store, List.of(), List.of("-exportcert", "-rfc", "-alias", "it", "-file", certificate.toString()));
        return new Identity(store, certificate);
    }

    private static void keytool(Path store, List<String> algorithm, List<String> task) throws IOException {
        var line = new java.util.ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(task);
        line.addAll(algorithm);
        line.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Tool.run(line);
    }

    /** A context in which a server is this identity. */
    SSLContext context() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
