package dev.relay.upstream.identity;

import dev.relay.http.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens private keys that a password protects. */
final class SealedKey {
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";

    private SealedKey() {}

    /** A key that is encrypted as PKCS #8 has it (RFC 5958 §3): the bare PKCS #8 inside. */
    static byte[] pkcs8(byte[] encoded, Secret password) throws GeneralSecurityException {
        DerElement info = DerElement.of(encoded);
        String scheme = info.part(0).part(0).dotted();
        byte[] key = scheme.equals(PBES2) ? pbes2(info, password) : older(encoded, password);
        checkOpened(key);
        return key;
    }

    /** RFC 8018 §6.2. The JDK's own knows of no ciphers but AES. */
    private static byte[] pbes2(DerElement info, Secret password) throws GeneralSecurityException {
        DerElement parameters = info.part(0).part(1);
        DerElement derivation = parameters.part(0);
        DerElement encryption = parameters.part(1);
        String function = derivation.part(0).dotted();
        if (!function.equals(PBKDF2)) {
            throw new InvalidKeySpecException(
                    "its password goes through " + function + ", of which relay knows nothing but PBKDF2");
        }
        Bulk bulk = Bulk.of(encryption.part(0).dotted());
        DerElement pbkdf2 = derivation.part(1);
        String hash = "HmacSHA1";
        for (DerElement part : pbkdf2.parts()) {
            hash = part.tag() == DerElement.SEQUENCE ? hash(part.part(0).dotted()) : hash;
        }
        int rounds = pbkdf2.part(1).number();
        byte[] salt = pbkdf2.part(0).content();
        if (rounds < 1 || rounds > 100_000_000 || salt.length == 0) {
            throw new InvalidKeySpecException("the encoding is damaged");
        }
        var spec = new PBEKeySpec(password.reveal().toCharArray(), salt, rounds, bulk.keyBytes() * 8);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + hash)
                .generateSecret(spec)
                .getEncoded();
        return open(bulk, key, encryption.part(1).content(), info.part(1).content());
    }

    private static String hash(String oid) throws InvalidKeySpecException {
        return switch (oid) {
            case "1.2.840.113549.2.7" -> "HmacSHA1";
            case "1.2.840.113549.2.8" -> "HmacSHA224";
            case "1.2.840.113549.2.9" -> "HmacSHA256";
            case "1.2.840.113549.2.10" -> "HmacSHA384";
            case "1.2.840.113549.2.11" -> "HmacSHA512";
            default -> throw new InvalidKeySpecException("its password goes through the unknown hash " + oid);
        };
    }

    /** The schemes before PBES2, which the JDK knows. */
    private static byte[] older(byte[] encoded, Secret password) throws GeneralSecurityException {
        try {
            var info = new EncryptedPrivateKeyInfo(encoded);
            AlgorithmParameters parameters = info.getAlgParameters();
            var cipher = Cipher.getInstance(info.getAlgName());
            var spec = new PBEKeySpec(password.reveal().toCharArray());
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec),
                    parameters);
            return cipher.doFinal(info.getEncryptedData());
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new WrongPasswordException("the password does not open it", e);
        } catch (java.io.IOException e) {
            throw new InvalidKeySpecException("the encoding is damaged", e);
        }
    }

    /**
     * A key that is encrypted as OpenSSL once did (RFC 1421, with its EVP_BytesToKey).
     *
     * @param cipher the cipher and its vector: {@code AES-256-CBC,0123…}
     */
    static byte[] traditional(String cipher, byte[] sealed, Secret password) throws GeneralSecurityException {
        int comma = cipher.indexOf(',');
        Bulk bulk = Bulk.of(comma < 0 ? cipher : cipher.substring(0, comma));
        byte[] vector;
        try {
            vector = HexFormat.of().parseHex(cipher, comma + 1, cipher.length());
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("its DEK-Info is damaged", e);
        }
        if (vector.length < 8) {
            throw new InvalidKeySpecException("its DEK-Info is damaged");
        }
        byte[] opened = open(bulk, stretched(password, vector, bulk.keyBytes()), vector, sealed);
        checkOpened(opened);
        return opened;
    }

    private static byte[] stretched(Secret password, byte[] vector, int length) throws GeneralSecurityException {
        var key = new ByteArrayOutputStream();
        byte[] last = {};
        while (key.size() < length) {
            var md5 = MessageDigest.getInstance("MD5");
            md5.update(last);
            md5.update(password.reveal().getBytes(StandardCharsets.UTF_8));
            md5.update(vector, 0, 8);
            last = md5.digest();
            key.writeBytes(last);
        }
        return Arrays.copyOf(key.toByteArray(), length);
    }

    private static byte[] open(Bulk bulk, byte[] key, byte[] vector, byte[] sealed) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(bulk.transformation());
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, bulk.algorithm()), new IvParameterSpec(vector));
        try {
            return cipher.doFinal(sealed);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new WrongPasswordException("the password does not open it", e);
        }
    }

    /** One wrong password in 256 leaves a padding that looks right. */
    private static void checkOpened(byte[] key) throws WrongPasswordException {
        try {
            if (DerElement.of(key).tag() == DerElement.SEQUENCE) {
                return;
            }
        } catch (InvalidKeySpecException e) {
            throw new WrongPasswordException("the password does not open it", e);
        }
        throw new WrongPasswordException("the password does not open it");
    }

    /** A block cipher in CBC mode. */
    private record Bulk(String algorithm, int keyBytes) {
        static Bulk of(String name) throws InvalidKeySpecException {
            return switch (name) {
                case "2.16.840.1.101.3.4.1.2", "AES-128-CBC" -> new Bulk("AES", 16);
                case "2.16.840.1.101.3.4.1.22", "AES-192-CBC" -> new Bulk("AES", 24);
                case "2.16.840.1.101.3.4.1.42", "AES-256-CBC" -> new Bulk("AES", 32);
                case "1.2.840.113549.3.7", "DES-EDE3-CBC" -> new Bulk("DESede", 24);
                case "1.3.14.3.2.7", "DES-CBC" -> new Bulk("DES", 8);
                default -> throw new InvalidKeySpecException("it is encrypted with the unknown cipher " + name);
            };
        }

        String transformation() {
            return algorithm + "/CBC/PKCS5Padding";
        }
    }
}
