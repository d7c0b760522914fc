package dev.relay.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Who a TLS server is: a key, and a certificate from an authority made for the occasion. */
public final class TlsIdentity {
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid(42, 840, 10045, 4, 3, 2));
    private static final char[] PASSWORD = {};

    private final PrivateKey key;
    private final List<Certificate> chain;
    private final Certificate root;
    private final List<Certificate> clients;
    private final String[] versions;
    private @Nullable SSLContext context;

    private TlsIdentity(PrivateKey key, List<Certificate> chain, Certificate root) {
        this(key, chain, root, List.of());
    }

    private TlsIdentity(
            PrivateKey key, List<Certificate> chain, Certificate root, List<Certificate> clients, String... versions) {
        this.key = key;
        this.chain = chain;
        this.root = root;
        this.clients = clients;
        this.versions = versions;
    }

    /** The same server, which lets nobody in but clients that this certificate's key, or one signed by it, names. */
    public TlsIdentity requiring(Path pem) throws IOException {
        try (var in = Files.newInputStream(pem)) {
            var client = CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new TlsIdentity(key, chain, root, List.of(client), versions);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The same server, speaking these versions alone: {@code TLSv1.2}. */
    public TlsIdentity speaking(String... only) {
        return new TlsIdentity(key, chain, root, clients, only);
    }

    /** Localhost in all its names, from an authority that no one trusts unless told: {@link #authorityFile}. */
    public static TlsIdentity ofLocalhost() {
        return of(List.of("localhost", "*.relay.test", "127.0.0.1", "::1"), Duration.ofDays(1));
    }

    /** A good certificate for these hosts and no others; addresses are given as addresses. */
    public static TlsIdentity of(String... hosts) {
        return of(List.of(hosts), Duration.ofDays(1));
    }

    /** A certificate of localhost that expired a day ago. */
    public static TlsIdentity expired() {
        return of(List.of("localhost", "127.0.0.1"), Duration.ofDays(-1));
    }

    /** A certificate of localhost that nobody but itself has signed, and that is no authority. */
    public static TlsIdentity selfSigned() {
        try {
            KeyPair pair = pair();
            byte[] name = name("localhost");
            Certificate own =
                    certificate(name, pair, name, pair, Duration.ofDays(1), List.of("localhost", "127.0.0.1"));
            return new TlsIdentity(pair.getPrivate(), List.of(own), own);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TlsIdentity of(List<String> hosts, Duration validFor) {
        try {
            KeyPair authority = pair();
            byte[] issuer = name("relay test authority");
            Certificate root = certificate(issuer, authority, issuer, authority, Duration.ofDays(1), List.of());
            KeyPair pair = pair();
            Certificate own = certificate(issuer, authority, name(hosts.getFirst()), pair, validFor, hosts);
            return new TlsIdentity(pair.getPrivate(), List.of(own, root), root);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(85, 4, 3), Der.text(commonName))));
    }

    /** An X.509 certificate (RFC 5280): of an authority when it names no hosts. */
    private static Certificate certificate(
            byte[] issuer, KeyPair signer, byte[] subject, KeyPair pair, Duration validFor, List<String> hosts)
            throws GeneralSecurityException, IOException {
        Instant end = Instant.now().plus(validFor);
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(64, new SecureRandom()).setBit(62)),
                ECDSA_SHA256,
                issuer,
                Der.sequence(Der.time(end.minus(Duration.ofDays(30))), Der.time(end)),
                subject,
                pair.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(hosts.isEmpty() ? authority() : alternativeNames(hosts))));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(body);
        byte[] whole = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] authority() {
        return Der.sequence(Der.oid(85, 29, 19), Der.yes(), Der.octets(Der.sequence(Der.yes())));
    }

    private static byte[] alternativeNames(List<String> hosts) throws IOException {
        var names = new ArrayList<byte[]>();
        for (String host : hosts) {
            boolean address = host.matches("[0-9.]+|.*:.*");
            byte[] name = address ? InetAddress.ofLiteral(host).getAddress() : host.getBytes(StandardCharsets.US_ASCII);
            names.add(Der.tagged(address ? 0x87 : 0x82, name));
        }
        return Der.sequence(Der.oid(85, 29, 17), Der.octets(Der.sequence(names.toArray(byte[][]::new))));
    }

    /** A context in which a server is this identity. It remembers its sessions, as servers do. */
    public synchronized SSLContext context() {
        if (context == null) {
            context = made();
        }
        return context;
    }

    private SSLContext made() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("server", key, PASSWORD, chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var made = SSLContext.getInstance("TLS");
            made.init(keys.getKeyManagers(), clients.isEmpty() ? null : clientTrust(), null);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManager[] clientTrust() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        for (Certificate client : clients) {
            store.setCertificateEntry("client", client);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    /** Has a connection keep to what this identity asks of clients. */
    void applyTo(SSLParameters parameters) {
        parameters.setNeedClientAuth(!clients.isEmpty());
        if (versions.length > 0) {
            parameters.setProtocols(versions);
        }
    }

    /** The digest of the server's public key, as a pin has it. */
    public String pin() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(chain.getFirst().getPublicKey().getEncoded());
            return "sha256//" + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server's public key in PEM. */
    public Path publicKeyFile(Path directory) throws IOException {
        byte[] encoded = chain.getFirst().getPublicKey().getEncoded();
        return Files.writeString(directory.resolve("public.pem"), pem("PUBLIC KEY", encoded));
    }

    /** The authority's certificate in PEM, for {@code --cacert}. */
    public Path authorityFile(Path directory) throws IOException {
        return Files.writeString(directory.resolve("authority.pem"), pem("CERTIFICATE", encoded(root)));
    }

    /** The server's certificates in PEM, as nginx wants them. */
    public Path chainFile(Path directory) throws IOException {
        var text = new StringBuilder();
        for (Certificate certificate : chain) {
            text.append(pem("CERTIFICATE", encoded(certificate)));
        }
        return Files.writeString(directory.resolve("chain.pem"), text);
    }

    /** The server's key in PEM, as nginx wants it. */
    public Path keyFile(Path directory) throws IOException {
        return Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}
