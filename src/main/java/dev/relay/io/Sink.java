package dev.relay.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a body goes. What was written counts only after {@link #commit}: a close without it abandons. */
public interface Sink extends Closeable {
    /**
     * What an earlier run left there and this one is to continue; null when there is nothing, and the body is wanted from
     * its start. To be asked at most once, before {@link #begin}; what was given is held until {@link #close}. A sink that
     * has given something puts what is written behind it, and leaves it untouched when it never begins.
     */
    default @Nullable Continuation continuation() throws IOException {
        return null;
    }

    /**
     * Called once, when it is certain that bytes will come: opens what has to be opened.
     *
     * @param reply the response whose body follows
     */
    void begin(Reply reply) throws IOException;

    /** Takes all of the buffer's bytes, waiting as long as the place needs. */
    void write(ByteBuffer bytes) throws IOException;

    /** Everything has come: makes it durable, so that little is left that can fail in {@link #commit}. */
    default void sync() throws IOException {}

    /** Everything has come and was verified: makes it appear under its name. */
    void commit() throws IOException;

    /** What was written is wrong: a close is to leave nothing of it that could be continued. */
    default void refuse() {}

    /** The file that it goes to, known from {@link #begin} on; null when there is none. */
    default @Nullable Path file() {
        return null;
    }

    /** What {@link #close} has left unfinished and a later run can continue; null when there is nothing. */
    default @Nullable Path kept() {
        return null;
    }

    /** Ends it; without a commit, leaves the place as it was, or a part that can be continued. */
    @Override
    void close() throws IOException;
}
