package dev.relay.io.coding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Undoes one coding, piece by piece: it is given what has arrived and never asks for more while it can give. */
interface Decoder {
    /**
     * Decodes on.
     *
     * @param encoded what has arrived; may be empty, since there may be more to give of what was taken before
     * @return the next bytes, at least one, which are the caller's until the next call; null once everything that was
     *     given is used up and nothing more follows from it
     */
    @Nullable
    ByteBuffer decode(ByteBuffer encoded) throws BrokenCodingException;

    /** Whether the encoded body may end here. */
    boolean isComplete();

    /** Gives back what the decoder holds; more than one call does no harm. */
    default void close() {}
}
