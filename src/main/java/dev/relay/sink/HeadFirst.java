package dev.relay.sink;

import dev.relay.http.Head;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts the heads before the body ({@code -i}). */
public final class HeadFirst implements Sink {
    private final Sink sink;

    public HeadFirst(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void begin(Reply reply) throws IOException {
        sink.begin(reply);
        sink.write(bytes(reply));
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
    public void close() throws IOException {
        sink.close();
    }

    @Override
    public @Nullable Path file() {
        return sink.file();
    }
}
