package dev.relay.duplex;

import java.io.Closeable;
import java.io.IOException;

/**
 * A request whose head has been sent, and whose two bodies move at once: one thread writes the outlet, another reads the
 * answer, and neither waits for the other.
 */
public interface Exchange extends Closeable {
    /** Where the body of the request goes; for one thread. */
    Outlet outlet();

    /**
     * Waits for the head of the response, and opens its body; to be asked once. Interim responses (1xx) are passed over.
     *
     * @throws IOException when there is none; {@link Severed} tells what that means
     */
    Answer answer() throws IOException;

    /** Ends both directions. A request body that was not ended before is cut, so that it cannot pass for whole. */
    @Override
    void close();
}
