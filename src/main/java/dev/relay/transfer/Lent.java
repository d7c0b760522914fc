package dev.relay.transfer;

import dev.relay.io.Chunks;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body with the client that it comes through: both are closed together. */
record Lent(Chunks body, HttpSource upstream) implements Chunks {
    @Override
    public @Nullable ByteBuffer next() throws IOException {
        return body.next();
    }

    @Override
    public void close() {
        body.close();
        upstream.close();
    }
}
