package dev.relay.upstream.identity;

import dev.relay.http.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Private keys from their encodings: PKCS #8, sealed or not, and the older ones of RSA (PKCS #1) and EC (SEC 1). */
final class PrivateKeys {
    private static final DerElement ZERO = new DerElement(DerElement.INTEGER, new byte[1]);
    private static final DerElement NOTHING = new DerElement(0x05, new byte[0]);
    private static final DerElement RSA = DerElement.oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1);
    private static final DerElement EC = DerElement.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1);

    private final @Nullable Secret password;

    /** @param password what opens those that are sealed */
    PrivateKeys(@Nullable Secret password) {
        this.password = password;
    }

    /** The first key among the blocks of a file; null when none is one. */
    @Nullable
    PrivateKey among(List<PemBlock> blocks) throws GeneralSecurityException {
        for (PemBlock block : blocks) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(block.bytes());
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return pkcs8(SealedKey.pkcs8(block.bytes(), password()));
                }
                case "RSA PRIVATE KEY" -> {
                    return rsa(opened(block));
                }
                case "EC PRIVATE KEY" -> {
                    return ec(opened(block), blocks);
                }
                case "OPENSSH PRIVATE KEY" ->
                    throw new InvalidKeySpecException("it is a key of OpenSSH (ssh-keygen -p -m PKCS8 converts it)");
                case "DSA PRIVATE KEY" -> throw new InvalidKeySpecException("DSA has no place in TLS any more");
                default -> {}
            }
        }
        return null;
    }

    /** The key in these bare bytes, whichever of the encodings it is. */
    PrivateKey bare(byte[] der) throws GeneralSecurityException {
        List<DerElement> parts = DerElement.of(der).parts();
        if (parts.size() == 2 && parts.getFirst().tag() == DerElement.SEQUENCE) {
            return pkcs8(SealedKey.pkcs8(der, password()));
        }
        if (parts.size() > 2 && parts.get(1).tag() == DerElement.SEQUENCE) {
            return pkcs8(der);
        }
        return parts.size() > 4 ? rsa(der) : ec(der, List.of());
    }

    private byte[] opened(PemBlock block) throws GeneralSecurityException {
        return block.cipher() == null
                ? block.bytes()
                : SealedKey.traditional(block.cipher(), block.bytes(), password());
    }

    private Secret password() throws WrongPasswordException {
        if (password == null) {
            throw new WrongPasswordException("it is encrypted, and no password was given");
        }
        return password;
    }

    private static PrivateKey rsa(byte[] pkcs1) throws GeneralSecurityException {
        return pkcs8(wrapped(DerElement.sequence(RSA, NOTHING), pkcs1));
    }

    /** The curve stands in the key (RFC 5915), or in a block of its own before it. */
    private static PrivateKey ec(byte[] sec1, List<PemBlock> blocks) throws GeneralSecurityException {
        for (DerElement part : DerElement.of(sec1).parts()) {
            if (part.tag() == DerElement.FIRST) {
                return pkcs8(wrapped(DerElement.sequence(EC, part.part(0)), sec1));
            }
        }
        for (PemBlock block : blocks) {
            if (block.label().equals("EC PARAMETERS")) {
                return pkcs8(wrapped(DerElement.sequence(EC, DerElement.of(block.bytes())), sec1));
            }
        }
        throw new InvalidKeySpecException("it does not say on which curve it is");
    }

    private static byte[] wrapped(DerElement algorithm, byte[] key) {
        return DerElement.sequence(ZERO, algorithm, new DerElement(DerElement.OCTETS, key))
                .encoded();
    }

    private static PrivateKey pkcs8(byte[] encoded) throws GeneralSecurityException {
        String oid = DerElement.of(encoded).part(1).part(0).dotted();
        String algorithm = switch (oid) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
            case "1.2.840.10045.2.1" -> "EC";
            case "1.3.101.112" -> "Ed25519";
            case "1.3.101.113" -> "Ed448";
            default -> throw new InvalidKeySpecException("it is a key for the unknown algorithm " + oid);
        };
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
