package dev.relay.upstream.identity;

import java.nio.charset.StandardCharsets;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between {@code -----BEGIN …-----} and {@code -----END …-----} (RFC 7468), with whatever else the file has
 * around it left out.
 */
final class PemBlock {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final String label;
    private final @Nullable String cipher;
    private final byte[] bytes;

    private PemBlock(String label, @Nullable String cipher, byte[] bytes) {
        this.label = label;
        this.cipher = cipher;
        this.bytes = bytes;
    }

    /** What the first line says that it is. */
    String label() {
        return label;
    }

    /** The value of {@code DEK-Info} (RFC 1421 §4.6.1.3), when the bytes are encrypted; null when they are not. */
    @Nullable
    String cipher() {
        return cipher;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether a file of these bytes has any. */
    static boolean isIn(byte[] file) {
        return text(file).contains(BEGIN);
    }

    /** Every block, in order. */
    static List<PemBlock> all(byte[] file) throws InvalidKeySpecException {
        var blocks = new ArrayList<PemBlock>();
        String label = null;
        String cipher = null;
        var base64 = new StringBuilder();
        for (String line : text(file).split("\\R", -1)) {
            String text = line.strip();
            if (text.startsWith(BEGIN) && text.endsWith(DASHES)) {
                label = text.substring(BEGIN.length(), text.length() - DASHES.length());
                cipher = null;
                base64.setLength(0);
            } else if (label != null && text.startsWith(END)) {
                blocks.add(new PemBlock(label, cipher, decoded(label, base64.toString())));
                label = null;
            } else if (label != null && text.indexOf(':') > 0) {
                cipher = text.startsWith("DEK-Info:")
                        ? text.substring(text.indexOf(':') + 1).strip()
                        : cipher;
            } else if (label != null) {
                base64.append(text);
            }
        }
        if (label != null) {
            throw new InvalidKeySpecException("the " + label + " has no end");
        }
        return blocks;
    }

    private static byte[] decoded(String label, String base64) throws InvalidKeySpecException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("the " + label + " is not Base64", e);
        }
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
