package dev.relay.duplex;

import dev.relay.io.Chunks;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that is held to the length that its head names, if it names one (RFC 9113 §8.1.1). */
final class CountedBody implements Chunks {
    private final Chunks body;
    private final long length;
    private long count;

    CountedBody(Chunks body, long length) {
        this.body = body;
        this.length = length;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        ByteBuffer piece = body.next();
        count += piece == null ? 0 : piece.remaining();
        if (length >= 0 && count > length) {
            throw new ProtocolException("the body is longer than its Content-Length");
        }
        if (piece == null && count < length) {
            throw new EOFException("only " + count + " of " + length + " bytes came");
        }
        return piece;
    }

    @Override
    public void close() {
        body.close();
    }
}
