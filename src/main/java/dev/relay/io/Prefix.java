package dev.relay.io;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What has been delivered of a body, in a few bytes: enough to tell whether another body begins in the same way. Two
 * checksums of different polynomials make one of 64 bits, at a small part of the price of a cryptographic digest: a
 * server that wants to deceive needs no collision for it.
 */
public final class Prefix {
    /** How many of the last bytes are kept as they are. */
    public static final int TAIL = 4096;

    private final CRC32 ieee = new CRC32();
    private final CRC32C castagnoli = new CRC32C();
    private final Tail tail = new Tail(TAIL);
    private long length;

    /** Takes the buffer's bytes into account, and leaves the buffer as it is. */
    public void add(ByteBuffer bytes) {
        int start = bytes.position();
        ieee.update(bytes);
        bytes.position(start);
        castagnoli.update(bytes);
        bytes.position(start);
        length += bytes.remaining();
        tail.add(bytes);
    }

    public long length() {
        return length;
    }

    /** Whether the other has the same bytes. */
    public boolean isSameAs(Prefix other) {
        return length == other.length
                && ieee.getValue() == other.ieee.getValue()
                && castagnoli.getValue() == other.castagnoli.getValue();
    }

    /** The last bytes, at most {@link #TAIL}. */
    public ByteBuffer tail() {
        return tail.bytes();
    }
}
