package dev.relay.io.digest;

import dev.relay.http.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest that grows with the bytes it is shown. For one thread at a time. */
public final class Digest {
    private final DigestAlgorithm algorithm;
    private final MessageDigest state;

    public Digest(DigestAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.state = state(algorithm);
    }

    private static MessageDigest state(DigestAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case SHA_256 -> MessageDigest.getInstance("SHA-256");
                case SHA_512 -> MessageDigest.getInstance("SHA-512");
                case SHA_1 -> MessageDigest.getInstance("SHA-1");
                case MD5 -> MessageDigest.getInstance("MD5");
                case CRC32C -> new Crc32cDigest();
            };
        } catch (NoSuchAlgorithmException e) {
            // The image's own runtime has all of them.
            throw new IllegalStateException(e);
        }
    }

    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** Takes the bytes between position and limit; the buffer stays as it is. */
    public void update(ByteBuffer bytes) {
        state.update(bytes.duplicate());
    }

    /** The digest of all bytes so far. Asked for once, at the end. */
    public byte[] value() {
        return state.digest();
    }
}
