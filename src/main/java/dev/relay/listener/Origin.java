package dev.relay.listener;

import java.io.Closeable;
import java.io.IOException;

/** Where what is handed out comes from. It may be opened by several threads at a time. */
interface Origin extends Closeable {
    /**
     * What is known of it before anybody asks.
     *
     * @param name a safe file name
     * @param length in bytes; -1 when it is not known
     */
    record Known(String name, long length) {}

    /** Makes sure that it is there; to be called once, before anything listens. */
    Known prepare() throws IOException;

    /**
     * Opens it for a request, a GET or a HEAD.
     *
     * @throws RefusedException when there is nothing for this request, and there may be for another
     * @throws dev.relay.outcome.FaultException when it failed
     */
    Handed open(RequestHead request) throws IOException;

    /** Whether it is gone for good, so that nobody else can be served: why. Asked after a response that broke. */
    default boolean isExhausted() {
        return false;
    }

    @Override
    void close();
}
