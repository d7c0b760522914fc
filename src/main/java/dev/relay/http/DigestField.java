package dev.relay.http;

import java.text.ParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The fields that carry digests of what a response holds (RFC 9530). */
public enum DigestField {
    /** Of the whole selected representation, in its content coding, whatever part of it is sent (§3). */
    REPR_DIGEST("Repr-Digest"),
    /** Of the content of this one message (§2). */
    CONTENT_DIGEST("Content-Digest");

    private final String fieldName;

    DigestField(String fieldName) {
        this.fieldName = fieldName;
    }

    public String fieldName() {
        return fieldName;
    }

    /**
     * The digests in the field that are worth verifying: SHA-256 and SHA-512, each that is there; without them, the
     * deprecated ones that relay can compute, for a wrong body is wrong whatever tells it. What relay does not know is
     * left out. Throws when the field is malformed, or a digest has not the length of its algorithm.
     */
    public Map<DigestAlgorithm, byte[]> read(Headers headers) throws ParseException {
        var digests = new EnumMap<DigestAlgorithm, byte[]>(DigestAlgorithm.class);
        boolean isStrong = false;
        List<String> lines = headers.all(fieldName);
        for (Map.Entry<String, byte[]> member : ByteDictionary.parse(lines).entrySet()) {
            DigestAlgorithm algorithm = DigestAlgorithm.ofKey(member.getKey());
            if (algorithm == null) {
                continue;
            }
            int length = member.getValue().length;
            if (length != algorithm.length()) {
                throw new ParseException(algorithm.key() + " with " + length + " bytes", 0);
            }
            digests.put(algorithm, member.getValue());
            isStrong |= !algorithm.isDeprecated();
        }
        if (isStrong) {
            digests.keySet().removeIf(DigestAlgorithm::isDeprecated);
        }
        return digests;
    }
}
