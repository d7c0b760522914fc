package dev.relay.upstream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Public keys that a server must have, whoever has signed its certificate (RFC 7469 §2.4 has the digest). */
final class Pins {
    private Pins() {}

    /** The server has another key. */
    static final class OtherKeyException extends CertificateException {
        private static final long serialVersionUID = 1L;

        OtherKeyException(String message) {
            super(message);
        }
    }

    /** @param pins SHA-256 digests of keys, in Base64 */
    static void check(X509Certificate certificate, List<String> pins) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            String own = Base64.getEncoder().encodeToString(digest);
            if (!pins.contains(own)) {
                throw new OtherKeyException("the server has the key sha256//" + own);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException(e);
        }
    }
}
