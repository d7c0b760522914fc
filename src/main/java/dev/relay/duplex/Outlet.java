package dev.relay.duplex;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A body on its way to the other side. For one thread. */
public interface Outlet {
    /** Sends all of the buffer's bytes at once, waiting as long as the other side does not take them. */
    void write(ByteBuffer bytes) throws IOException;

    /** Ends the body in order: all of it was sent. The other direction goes on. */
    void end() throws IOException;

    /** Gives the body up, so that the other side cannot take what it has for whole. */
    void abort();
}
