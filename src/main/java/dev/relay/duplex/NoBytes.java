package dev.relay.duplex;

import dev.relay.io.Chunks;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body of no bytes. */
final class NoBytes implements Chunks {
    @Override
    public @Nullable ByteBuffer next() {
        return null;
    }

    @Override
    public void close() {}
}
