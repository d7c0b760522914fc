package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Undoes {@code gzip} (RFC 1952).
 *
 * <p>A body is one member. Whatever follows it, another member, garbage or zeros, is refused once the first member has
 * been handed out, as curl refuses it (there with 23, as a failed write). Where relay differs from curl: a truncated
 * body is refused, which curl takes for whole, and data in the frame of RFC 1950 is not taken for gzip.
 */
final class GzipDecoder implements Decoder {
    private static final int TRAILER_LENGTH = 8;

    private final GzipHeader header = new GzipHeader();
    private final Inflation inflation = new Inflation(true);
    private final CRC32 crc = new CRC32();
    private long trailer;
    private int trailerLength;

    @Override
    public @Nullable ByteBuffer decode(ByteBuffer encoded) throws BrokenCodingException {
        if (!header.read(encoded)) {
            return null;
        }
        ByteBuffer bytes = inflation.next(encoded);
        if (bytes != null) {
            crc.update(bytes.duplicate());
            return bytes;
        }
        if (inflation.isFinished()) {
            readTrailer(encoded);
        }
        return null;
    }

    /** CRC-32 and ISIZE, both with the lowest byte first. */
    private void readTrailer(ByteBuffer encoded) throws BrokenCodingException {
        while (encoded.hasRemaining() && trailerLength < TRAILER_LENGTH) {
            trailer |= (encoded.get() & 0xffL) << (8 * trailerLength++);
            if (trailerLength == 4 && (int) trailer != (int) crc.getValue()) {
                throw new BrokenCodingException("the checksum does not match");
            }
        }
        if (isComplete()) {
            if ((int) (trailer >>> 32) != inflation.size()) {
                throw new BrokenCodingException("the length does not match");
            }
            if (encoded.hasRemaining()) {
                throw new BrokenCodingException("more bytes after the end of the member");
            }
        }
    }

    @Override
    public boolean isComplete() {
        return trailerLength == TRAILER_LENGTH;
    }

    @Override
    public void close() {
        inflation.close();
    }
}
