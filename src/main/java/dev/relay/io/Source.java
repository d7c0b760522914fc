package dev.relay.io;

import java.io.IOException;

/** Where a body comes from: it can be opened, more than once, at any byte. */
public interface Source {
    /**
     * Opens the body.
     *
     * @param wanted which bytes of it
     */
    Reply open(Wanted wanted) throws IOException;
}
