package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import java.io.Closeable;

/**
 * What a client is to get: a response whose body is still to come.
 *
 * @param headers end-to-end fields, without the length
 * @param length of the body; -1 when it is not known
 */
record Handed(int status, Headers headers, long length, Chunks body) implements Closeable {
    @Override
    public void close() {
        body.close();
    }
}
