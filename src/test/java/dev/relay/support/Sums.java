package dev.relay.support;

import dev.relay.http.DigestAlgorithm;
import dev.relay.io.digest.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Digests of texts, as the command line and as header fields have them. */
public final class Sums {
    private Sums() {}

    private static byte[] digest(DigestAlgorithm algorithm, byte[] bytes) {
        var digest = new Digest(algorithm);
        digest.update(ByteBuffer.wrap(bytes));
        return digest.value();
    }

    public static String hex(DigestAlgorithm algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(digest(algorithm, bytes));
    }

    public static String hex(DigestAlgorithm algorithm, String text) {
        return hex(algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code md5:900150983cd24fb0d6963f7d28e17f72}. */
    public static String sum(DigestAlgorithm algorithm, String text) {
        return algorithm.spelling() + ":" + hex(algorithm, text);
    }

    public static String sha256(String text) {
        return sum(DigestAlgorithm.SHA_256, text);
    }

    /** A header line: {@code Repr-Digest: sha-256=:...:}. */
    public static String line(String field, DigestAlgorithm algorithm, byte[] bytes) {
        return field + ": " + algorithm.key() + "=:" + Base64.getEncoder().encodeToString(digest(algorithm, bytes))
                + ":";
    }

    public static String line(String field, DigestAlgorithm algorithm, String text) {
        return line(field, algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String reprDigest(String text) {
        return line("Repr-Digest", DigestAlgorithm.SHA_256, text);
    }

    public static String contentDigest(String text) {
        return line("Content-Digest", DigestAlgorithm.SHA_256, text);
    }
}
