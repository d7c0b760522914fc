package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The header of a gzip member (RFC 1952 §2.3), read byte by byte as it arrives; what it says is checked, not kept. */
final class GzipHeader {
    private static final int FHCRC = 0x02;
    private static final int FEXTRA = 0x04;
    private static final int FNAME = 0x08;
    private static final int FCOMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    /** What the next byte belongs to, in the order of the header. */
    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CRC,
        DONE
    }

    private final CRC32 crc = new CRC32();
    private Part part = Part.FIXED;
    private int flags;
    /** How many bytes of the part have been read. */
    private int count;

    private int extraLength;
    private int headerCrc;

    /** Reads on. Says whether the header is complete. */
    boolean read(ByteBuffer bytes) throws BrokenCodingException {
        while (part != Part.DONE && bytes.hasRemaining()) {
            int value = bytes.get() & 0xff;
            if (part != Part.CRC) {
                crc.update(value);
            }
            if (endsPart(value)) {
                count = 0;
                part = after(part);
            } else {
                count++;
            }
        }
        return part == Part.DONE;
    }

    /** Whether that byte is the last one of its part. */
    private boolean endsPart(int value) throws BrokenCodingException {
        return switch (part) {
            case FIXED -> endsFixed(value);
            case EXTRA_LENGTH -> {
                extraLength |= value << (8 * count);
                yield count == 1;
            }
            case EXTRA -> count + 1 == extraLength;
            case NAME, COMMENT -> value == 0;
            case CRC -> endsCrc(value);
            case DONE -> true;
        };
    }

    private boolean endsFixed(int value) throws BrokenCodingException {
        boolean allowed = switch (count) {
            case 0 -> value == 0x1f;
            case 1 -> value == 0x8b;
            case 2 -> value == 8;
            case 3 -> (value & RESERVED) == 0;
            default -> true;
        };
        if (!allowed) {
            throw new BrokenCodingException(count < 2 ? "it begins with something else" : "an unknown kind of gzip");
        }
        if (count == 3) {
            flags = value;
        }
        return count == 9;
    }

    private boolean endsCrc(int value) throws BrokenCodingException {
        headerCrc |= value << (8 * count);
        if (count == 1 && headerCrc != (crc.getValue() & 0xffff)) {
            throw new BrokenCodingException("the checksum of the header does not match");
        }
        return count == 1;
    }

    /** The next part that is there. */
    private Part after(Part last) {
        if (last.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & FEXTRA) != 0) {
            return Part.EXTRA_LENGTH;
        }
        if (last == Part.EXTRA_LENGTH && extraLength > 0) {
            return Part.EXTRA;
        }
        if (last.compareTo(Part.NAME) < 0 && (flags & FNAME) != 0) {
            return Part.NAME;
        }
        if (last.compareTo(Part.COMMENT) < 0 && (flags & FCOMMENT) != 0) {
            return Part.COMMENT;
        }
        return last.compareTo(Part.CRC) < 0 && (flags & FHCRC) != 0 ? Part.CRC : Part.DONE;
    }
}
