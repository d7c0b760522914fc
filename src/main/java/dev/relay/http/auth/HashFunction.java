package dev.relay.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash functions of Digest authentication (RFC 7616 §3.3), under the names that challenges have for them. */
enum HashFunction {
    MD5("MD5"),
    SHA_256("SHA-256"),
    SHA_512_256("SHA-512/256");

    private final String javaName;

    HashFunction(String javaName) {
        this.javaName = javaName;
    }

    /** The one of that name; null when it is not known. */
    static @Nullable HashFunction named(String name) {
        for (HashFunction function : values()) {
            if (function.label().equalsIgnoreCase(name)) {
                return function;
            }
        }
        return null;
    }

    /** As a challenge names it. */
    String label() {
        return javaName.replace('/', '-');
    }

    /** The hash of the parts, joined by colons, in hexadecimal digits. */
    String of(String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance(javaName)
                    .digest(String.join(":", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this runtime lacks " + javaName, e);
        }
    }
}
