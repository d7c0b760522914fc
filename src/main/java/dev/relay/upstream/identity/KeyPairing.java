package dev.relay.upstream.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Tells whether a private and a public key belong together: what the one signs, the other verifies. */
final class KeyPairing {
    private static final byte[] SAID = "relay".getBytes(StandardCharsets.US_ASCII);

    private KeyPairing() {}

    static boolean isPair(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        Signature signature = signature(secret.getAlgorithm());
        try {
            signature.initSign(secret);
            signature.update(SAID);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(SAID);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException _) {
            // They are keys of two algorithms, or of two sizes.
            return false;
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSASSA-PSS" -> {
                var pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> Signature.getInstance("EdDSA");
        };
    }
}
