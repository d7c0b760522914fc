package dev.relay.io;

import java.nio.ByteBuffer;

/** The last bytes of what has passed. */
public final class Tail {
    private final byte[] kept;
    private int count;

    /** @param most how many are kept */
    public Tail(int most) {
        this.kept = new byte[most];
    }

    /** Takes the buffer's bytes into account, and leaves the buffer as it is. */
    public void add(ByteBuffer bytes) {
        int added = Math.min(bytes.remaining(), kept.length);
        int old = Math.min(count, kept.length - added);
        System.arraycopy(kept, count - old, kept, 0, old);
        bytes.get(bytes.limit() - added, kept, old, added);
        count = old + added;
    }

    /** They, in order. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(kept, 0, count).asReadOnlyBuffer();
    }
}
