package dev.relay.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body, in the pieces in which they arrive. One thread asks; what was handed out is the caller's until
 * the next call.
 */
public interface Chunks extends Closeable {
    /** The next bytes, at least one; null at the end of a body that is whole. Waits until there are some. */
    @Nullable
    ByteBuffer next() throws IOException;

    /** Gives up what has not arrived yet: at once, and without waiting for the sender. Does nothing after the end. */
    @Override
    void close();
}
