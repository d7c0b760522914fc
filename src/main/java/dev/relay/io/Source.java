package dev.relay.io;

import java.io.IOException;

/** Where a body comes from: it can be opened, more than once, at any byte. */
public interface Source {
    /**
     * Opens the body.
     *
     * @param from the first byte that is wanted, 0 for the whole
     */
    Reply open(long from) throws IOException;
}
