package dev.relay.duplex;

import dev.relay.io.Chunks;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A stream in the pieces in which it comes: a piece is never held back until it is a large one. */
public final class Intake implements Chunks {
    /** The largest piece, in bytes: twice what a pipe holds. */
    private static final int PIECE = 128 * 1024;

    private final InputStream in;
    /** Of a file, a pipe or a terminal; null for any other stream. */
    private final @Nullable FileChannel channel;

    private final ByteBuffer piece;

    public Intake(InputStream in) {
        this.in = in;
        this.channel = in instanceof FileInputStream file ? file.getChannel() : null;
        this.piece = channel == null ? ByteBuffer.allocate(PIECE) : ByteBuffer.allocateDirect(PIECE);
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (channel == null) {
            int count = in.read(piece.array());
            return count < 0 ? null : piece.clear().limit(count);
        }
        int count = channel.read(piece.clear());
        while (count == 0) {
            // A pipe that somebody has made non-blocking: empty.
            LockSupport.parkNanos(1_000_000);
            count = channel.read(piece);
        }
        return count < 0 ? null : piece.flip();
    }

    /** Ends a read that waits for a file: the runtime lets a process wait for threads that wait outside of it. */
    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException _) {
                // Nothing more was to be read.
            }
        }
    }
}
