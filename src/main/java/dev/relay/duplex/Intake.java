package dev.relay.duplex;

import dev.relay.io.Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream in the pieces in which it comes: a piece is never held back until it is a large one. */
public final class Intake implements Chunks {
    /** The largest piece, in bytes: twice what a pipe holds. */
    private static final int PIECE = 128 * 1024;

    private final InputStream in;
    private final byte[] bytes = new byte[PIECE];

    public Intake(InputStream in) {
        this.in = in;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        int count = in.read(bytes);
        return count < 0 ? null : ByteBuffer.wrap(bytes, 0, count);
    }

    /** Does nothing: a read that waits for standard input cannot be ended, and its thread ends with the process. */
    @Override
    public void close() {}
}
