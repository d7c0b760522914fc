package dev.relay.listener;

import dev.relay.upstream.identity.OwnCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate (RFC 5280) for one run, which nobody has vouched for: whoever compares the fingerprint knows
 * whom it talks to.
 */
final class SelfSigned {
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid(42, 840, 10045, 4, 3, 2));
    private static final char[] PASSWORD = {};
    /** Clocks differ. */
    private static final Duration BEFORE = Duration.ofHours(24);

    private static final Duration VALID = Duration.ofDays(30);
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private SelfSigned() {}

    /** A new one, for these addresses, and for localhost. */
    static OwnCertificate of(List<String> addresses) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new OwnCertificate(List.of(certificate(pair, addresses)), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate could be made", e);
        }
    }

    private static X509Certificate certificate(KeyPair pair, List<String> addresses)
            throws GeneralSecurityException, IOException {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(85, 4, 3), Der.text("relay"))));
        Instant now = Instant.now();
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(64, new SecureRandom()).setBit(62)),
                ECDSA_SHA256,
                name,
                Der.sequence(Der.time(now.minus(BEFORE)), Der.time(now.plus(VALID))),
                name,
                pair.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(alternativeNames(addresses), forServers())));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        byte[] whole = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] alternativeNames(List<String> addresses) throws IOException {
        var names = new ArrayList<byte[]>();
        names.add(Der.tagged(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII)));
        for (String address : addresses) {
            names.add(Der.tagged(IP_ADDRESS, InetAddress.getByName(address).getAddress()));
        }
        return Der.sequence(Der.oid(85, 29, 17), Der.octets(Der.sequence(names.toArray(new byte[0][]))));
    }

    /** Extended key usage: server authentication. */
    private static byte[] forServers() {
        return Der.sequence(Der.oid(85, 29, 37), Der.octets(Der.sequence(Der.oid(43, 6, 1, 5, 5, 7, 3, 1))));
    }

    /** SHA-256 of the certificate, as browsers show it: {@code AB:CD:…}. */
    static String fingerprint(OwnCertificate identity) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(identity.chain().getFirst().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IOException("no fingerprint could be made", e);
        }
    }

    /** A context in which a server is that identity. */
    static SSLContext context(OwnCertificate identity) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry(
                    "server", identity.key(), PASSWORD, identity.chain().toArray(new Certificate[0]));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up", e);
        }
    }
}
