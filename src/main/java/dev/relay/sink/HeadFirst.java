package dev.relay.sink;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the heads before the body ({@code -i}). */
public final class HeadFirst implements Sink {
    private final Sink sink;

    public HeadFirst(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void begin(Reply reply) throws IOException {
        sink.begin(withoutValidator(reply));
        sink.write(bytes(reply));
    }

    /** What begins with a head cannot be continued by a range of the body: no part of it is worth keeping. */
    private static Reply withoutValidator(Reply reply) {
        Head head = reply.head();
        Headers unguarded = head.headers().without("ETag").without("Last-Modified");
        return new Reply(
                List.of(new Head(head.version(), head.status(), unguarded)), reply.url(), reply.length(), reply.body());
    }

    /** The heads as they came: the transport made each of their bytes a character. */
    static ByteBuffer bytes(Reply reply) {
        var text = new StringBuilder();
        for (Head head : reply.heads()) {
            text.append(head.text());
        }
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        sink.write(bytes);
    }

    @Override
    public void sync() throws IOException {
        sink.sync();
    }

    @Override
    public void commit() throws IOException {
        sink.commit();
    }

    @Override
    public void refuse() {
        sink.refuse();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    @Override
    public @Nullable Path file() {
        return sink.file();
    }
}
