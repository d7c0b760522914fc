package dev.relay.listener;

import dev.relay.http.ContentRange;
import dev.relay.http.Headers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one response carries of a representation.
 *
 * @param state names the state of the resource; empty when the response does not
 * @param first the offset of its first byte
 * @param end behind its last byte; -1 when that is not known
 * @param total the length of the whole; -1 when that is not known
 */
record Portion(String state, long first, long end, long total) {

    /** Of a response that is to be sent; null when it carries nothing that could count. */
    static @Nullable Portion of(int status, Headers headers, long length) {
        String state =
                headers.first("ETag").or(() -> headers.first("Last-Modified")).orElse("");
        if (status != 206) {
            return status >= 200 && status < 300 ? new Portion(state, 0, length, length) : null;
        }
        Optional<ContentRange> range = headers.only("Content-Range").flatMap(ContentRange::parse);
        if (range.isEmpty()
                || !(range.get() instanceof ContentRange.Part part)
                || part.total().isEmpty()) {
            return null;
        }
        return new Portion(state, part.first(), part.last() + 1, part.total().getAsLong());
    }

    /** Whether it is all that there is. */
    boolean isWhole() {
        return first == 0 && end == total;
    }
}
