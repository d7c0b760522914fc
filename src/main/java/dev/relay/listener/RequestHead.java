package dev.relay.listener;

import dev.relay.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that can be read in one way alone.
 *
 * @param method any token (RFC 9110 §9.1)
 * @param path as it was sent, percent-encoded, without the query; {@code *} for the server itself
 * @param query without its question mark; null when there is none
 * @param authority the host, and the port if there is one, that the client means; null when it has not said
 * @param minor the minor version: 0 for HTTP/1.0, 1 for what came after it
 * @param length the bytes of the body; {@link #CHUNKED} when it comes in chunks
 * @param expectsContinue whether the client waits for a word before it sends the body (RFC 9110 §10.1.1)
 */
public record RequestHead(
        String method,
        String path,
        @Nullable String query,
        @Nullable String authority,
        int minor,
        Headers headers,
        long length,
        boolean expectsContinue) {
    /** The length of a body that tells its end itself. */
    public static final long CHUNKED = -1;

    /** Whether chunks, and interim responses, would not be understood. */
    public boolean isOld() {
        return minor == 0;
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }
}
