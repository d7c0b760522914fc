package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Public keys as {@code --pinnedpubkey} names them: by their digests, or by a file that has one. */
public final class PublicKeys {
    private static final String HASH = "sha256//";
    private static final int HASH_BYTES = 32;
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private PublicKeys() {}

    /** The SHA-256 digests of the keys (their SubjectPublicKeyInfo), in Base64. */
    public static List<String> digests(Option option, String text, LocalInput input) throws FaultException {
        if (!text.startsWith(HASH)) {
            return List.of(digest(spki(option, text, input)));
        }
        var digests = new ArrayList<String>();
        for (String one : text.split(";", -1)) {
            if (!one.startsWith(HASH) || !isHash(one.substring(HASH.length()))) {
                throw Misuse.of(option, Misuse.quoted(one) + " is not sha256// and the Base64 of 32 bytes");
            }
            digests.add(one.substring(HASH.length()));
        }
        return digests;
    }

    private static boolean isHash(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == HASH_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static byte[] spki(Option option, String name, LocalInput input) throws FaultException {
        byte[] file = input.bytes(option, name);
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        // A sequence begins a bare key (RFC 5280 §4.1).
        if (begin < 0 && file.length > 2 && file[0] == 0x30) {
            return file;
        }
        if (begin >= 0 && end >= 0) {
            try {
                return Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            } catch (IllegalArgumentException _) {
                throw Misuse.of(option, Misuse.quoted(name) + " has a damaged public key");
            }
        }
        throw Misuse.of(
                option.name(),
                Misuse.quoted(name) + " has no public key",
                "openssl x509 -in CERTIFICATE -noout -pubkey prints that of a certificate");
    }

    private static String digest(byte[] key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every runtime has SHA-256", e);
        }
    }
}
