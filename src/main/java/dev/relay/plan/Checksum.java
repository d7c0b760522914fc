package dev.relay.plan;

import dev.relay.http.DigestAlgorithm;

/**
 * What the body must be, by its digest.
 *
 * @param hex the digest in lower-case hexadecimal digits, two a byte
 */
public record Checksum(DigestAlgorithm algorithm, String hex) {
    public Checksum {
        if (hex.length() != 2 * algorithm.length()) {
            throw new IllegalArgumentException(algorithm + " has not " + hex.length() + " digits");
        }
    }
}
