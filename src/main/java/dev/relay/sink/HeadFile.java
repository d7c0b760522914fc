package dev.relay.sink;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps the heads in a place of their own ({@code -D}). They are whole before the body begins, so they appear then,
 * whatever becomes of the body.
 */
public final class HeadFile implements Sink {
    private final Sink sink;

    /** @param sink where the heads go, and nothing else */
    public HeadFile(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void begin(Reply reply) throws IOException {
        sink.begin(reply);
        sink.write(HeadFirst.bytes(reply));
        sink.commit();
    }

    @Override
    public void write(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public void commit() {}

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
