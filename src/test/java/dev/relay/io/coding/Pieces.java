package dev.relay.io.coding;

import dev.relay.io.Chunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An encoded body that comes in pieces of one size, and breaks at its end when told so. */
final class Pieces implements Chunks {
    private final byte[] bytes;
    private final int size;
    private final @Nullable IOException end;
    private int from;
    private boolean closed;

    Pieces(byte[] bytes, int size) {
        this(bytes, size, null);
    }

    Pieces(byte[] bytes, int size, @Nullable IOException end) {
        this.bytes = bytes.clone();
        this.size = size;
        this.end = end;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (from == bytes.length) {
            if (end != null) {
                throw end;
            }
            return null;
        }
        int to = Math.min(bytes.length, from + size);
        // As much as arrives from a network: memory of its own, gone with the next call.
        ByteBuffer piece = ByteBuffer.allocateDirect(to - from).put(Arrays.copyOfRange(bytes, from, to));
        from = to;
        return piece.flip();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Everything that comes; each piece has a byte at least. What came before a failure is in {@code into}. */
    static void drain(Chunks chunks, ByteArrayOutputStream into) throws IOException {
        for (ByteBuffer piece = chunks.next(); piece != null; piece = chunks.next()) {
            if (!piece.hasRemaining()) {
                throw new AssertionError("an empty piece");
            }
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            into.writeBytes(copy);
        }
    }
}
