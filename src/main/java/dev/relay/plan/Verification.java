package dev.relay.plan;

import java.util.List;

/**
 * What the body is held against before it counts as delivered.
 *
 * @param checksums what the user says that its digests are; at most one for an algorithm
 * @param digests whether the digests that a response carries are verified (RFC 9530)
 * @param wantDigests whether the server is asked for one
 */
public record Verification(List<Checksum> checksums, boolean digests, boolean wantDigests) {
    public Verification {
        checksums = List.copyOf(checksums);
    }
}
