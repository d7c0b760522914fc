package dev.relay.sink;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the heads in a place of their own ({@code -D}). They are whole before the body begins, so they appear then,
 * whatever becomes of the body; unless they are held until it is whole too.
 */
public final class HeadFile implements Sink {
    private final Sink sink;
    private final boolean held;
    private @Nullable Reply reply;

    /** @param sink where the heads go, and nothing else */
    public HeadFile(Sink sink) {
        this(sink, false);
    }

    private HeadFile(Sink sink, boolean held) {
        this.sink = sink;
        this.held = held;
    }

    /** One from which the heads come when it is committed ({@code --hold}). */
    public static HeadFile held(Sink sink) {
        return new HeadFile(sink, true);
    }

    @Override
    public void begin(Reply begun) throws IOException {
        reply = begun;
        if (!held) {
            appear(begun);
        }
    }

    private void appear(Reply begun) throws IOException {
        sink.begin(begun);
        sink.write(HeadFirst.bytes(begun));
        sink.commit();
    }

    @Override
    public void write(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public void commit() throws IOException {
        if (held && reply != null) {
            appear(reply);
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
