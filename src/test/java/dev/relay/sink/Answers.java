package dev.relay.sink;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Reply;
import dev.relay.outcome.FaultException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies as a server would give them, and bytes to write. */
final class Answers {
    private Answers() {}

    /** A 200 with those header fields, {@code Name: value}. */
    static Reply ok(String... fields) {
        return of(200, fields);
    }

    static Reply of(int status, String... fields) {
        var parsed = new ArrayList<Headers.Field>();
        for (String field : fields) {
            int colon = field.indexOf(": ");
            parsed.add(new Headers.Field(field.substring(0, colon), field.substring(colon + 2)));
        }
        Head head = new Head("HTTP/1.1", status, new Headers(parsed));
        long length =
                head.headers().first("Content-Length").map(Long::parseLong).orElse(-1L);
        return new Reply(List.of(head), url(), length, new NoChunks());
    }

    private static Url url() {
        try {
            return Url.parse("https://user:secret@example.com/a/name.txt");
        } catch (FaultException e) {
            throw new AssertionError(e);
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class NoChunks implements Chunks {
        @Override
        public @Nullable ByteBuffer next() {
            return null;
        }

        @Override
        public void close() {}
    }
}
