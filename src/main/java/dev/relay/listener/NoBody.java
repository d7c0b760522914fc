package dev.relay.listener;

import dev.relay.io.Chunks;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The body of a response that has none. */
final class NoBody implements Chunks {
    @Override
    public @Nullable ByteBuffer next() {
        return null;
    }

    @Override
    public void close() {}
}
