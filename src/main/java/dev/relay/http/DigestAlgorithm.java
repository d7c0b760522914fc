package dev.relay.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways to make a digest of bytes that relay can compute. */
public enum DigestAlgorithm {
    SHA_256("sha256", "sha-256", 32, false),
    SHA_512("sha512", "sha-512", 64, false),
    SHA_1("sha1", "sha", 20, true),
    MD5("md5", "md5", 16, true),
    /** The Castagnoli polynomial (RFC 9260, Appendix A); its four bytes most significant first. */
    CRC32C("crc32c", "crc32c", 4, true);

    private final String spelling;
    private final String key;
    private final int length;
    private final boolean deprecated;

    DigestAlgorithm(String spelling, String key, int length, boolean deprecated) {
        this.spelling = spelling;
        this.key = key;
        this.length = length;
        this.deprecated = deprecated;
    }

    /** The name on the command line and in what is told. */
    public String spelling() {
        return spelling;
    }

    /** The key in a Repr-Digest or Content-Digest field (RFC 9530 §7.2). */
    public String key() {
        return key;
    }

    /** How long a digest is, in bytes. */
    public int length() {
        return length;
    }

    /** Whether it finds accidents but not intent, and is deprecated in fields (RFC 9530 §7.2). */
    public boolean isDeprecated() {
        return deprecated;
    }

    /** The algorithm of that name, in any case: {@code sha256}, also {@code sha-256}; null when there is none. */
    public static @Nullable DigestAlgorithm named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.startsWith("sha-")) {
            wanted = "sha".concat(wanted.substring(4));
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.spelling.equals(wanted)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The algorithm of that key in a field; null when relay does not know it. */
    public static @Nullable DigestAlgorithm ofKey(String key) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.key.equals(key)) {
                return algorithm;
            }
        }
        return null;
    }
}
