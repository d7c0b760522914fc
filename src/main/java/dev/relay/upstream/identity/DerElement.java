package dev.relay.upstream.identity;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One element of DER (X.690 §8): a tag and a content, which may be made of elements. */
final class DerElement {
    static final int INTEGER = 0x02;
    static final int BITS = 0x03;
    static final int OCTETS = 0x04;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;
    /** {@code [0]}, with an element inside. */
    static final int FIRST = 0xa0;

    private final int tag;
    private final byte[] content;

    DerElement(int tag, byte[] content) {
        this.tag = tag;
        this.content = content;
    }

    int tag() {
        return tag;
    }

    byte[] content() {
        return content;
    }

    /** The one element that these bytes are. */
    static DerElement of(byte[] encoded) throws InvalidKeySpecException {
        List<DerElement> elements = all(encoded);
        if (elements.size() != 1) {
            throw new InvalidKeySpecException("the encoding is damaged");
        }
        return elements.getFirst();
    }

    static DerElement sequence(DerElement... parts) {
        var content = new ByteArrayOutputStream();
        for (DerElement part : parts) {
            content.writeBytes(part.encoded());
        }
        return new DerElement(SEQUENCE, content.toByteArray());
    }

    /** An object identifier, by the bytes of its content. */
    static DerElement oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new DerElement(OID, content);
    }

    /** What it is made of. */
    List<DerElement> parts() throws InvalidKeySpecException {
        return all(content);
    }

    /** That one of what it is made of, from 0. */
    DerElement part(int index) throws InvalidKeySpecException {
        List<DerElement> parts = parts();
        if (index >= parts.size()) {
            throw new InvalidKeySpecException("the encoding is damaged");
        }
        return parts.get(index);
    }

    /** A small number. */
    int number() throws InvalidKeySpecException {
        if (tag != INTEGER || content.length == 0 || content.length > 4) {
            throw new InvalidKeySpecException("the encoding is damaged");
        }
        int number = 0;
        for (byte b : content) {
            number = number << 8 | (b & 0xFF);
        }
        return number;
    }

    /** An object identifier with dots. */
    String dotted() throws InvalidKeySpecException {
        if (tag != OID || content.length == 0) {
            throw new InvalidKeySpecException("the encoding is damaged");
        }
        int first = content[0] & 0xFF;
        var text = new StringBuilder()
                .append(Math.min(first / 40, 2))
                .append('.')
                .append(first - 40 * Math.min(first / 40, 2));
        long arc = 0;
        for (int i = 1; i < content.length; i++) {
            arc = arc << 7 | (content[i] & 0x7F);
            if (content[i] >= 0) {
                text.append('.').append(arc);
                arc = 0;
            }
        }
        return text.toString();
    }

    byte[] encoded() {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static List<DerElement> all(byte[] encoded) throws InvalidKeySpecException {
        var elements = new ArrayList<DerElement>();
        int at = 0;
        while (at < encoded.length) {
            if (at + 2 > encoded.length) {
                throw new InvalidKeySpecException("the encoding is damaged");
            }
            int tag = encoded[at] & 0xFF;
            int length = encoded[at + 1] & 0xFF;
            at += 2;
            if (length >= 0x80) {
                int bytes = length & 0x7F;
                if (bytes < 1 || bytes > 3 || at + bytes > encoded.length) {
                    throw new InvalidKeySpecException("the encoding is damaged");
                }
                length = 0;
                for (int i = 0; i < bytes; i++) {
                    length = length << 8 | (encoded[at++] & 0xFF);
                }
            }
            if (length > encoded.length - at) {
                throw new InvalidKeySpecException("the encoding is damaged");
            }
            elements.add(new DerElement(tag, Arrays.copyOfRange(encoded, at, at + length)));
            at += length;
        }
        return elements;
    }
}
