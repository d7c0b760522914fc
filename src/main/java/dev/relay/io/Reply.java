package dev.relay.io;

import dev.relay.http.Head;
import dev.relay.http.Url;
import java.io.Closeable;
import java.util.List;

/**
 * A response whose body is still arriving.
 *
 * @param heads the heads of the redirects that led here and, last, of this response
 * @param url where it came from
 * @param length the bytes of the body, as the head promises; -1 when it does not say
 */
public record Reply(List<Head> heads, Url url, long length, Chunks body) implements Closeable {
    public Reply {
        heads = List.copyOf(heads);
    }

    public Head head() {
        return heads.getLast();
    }

    /** Whether only the end of the connection is the end of the body (RFC 9112 §6.3), which a cut looks like. */
    public boolean endsWithConnection() {
        return length < 0
                && head().version().startsWith("HTTP/1.")
                && !head().headers().contains("Transfer-Encoding");
    }

    /** The same response with its body as something has made it. */
    public Reply carrying(Chunks made) {
        return new Reply(heads, url, length, made);
    }

    @Override
    public void close() {
        body.close();
    }
}
