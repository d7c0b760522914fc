package dev.relay.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a body in chunks (RFC 9112 §7.1): each piece leaves at once, as a chunk of its own. */
public final class ChunkedOutlet {
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Line line;
    private final long patience;

    /** @param patience how many nanoseconds nothing at all may move */
    public ChunkedOutlet(Line line, long patience) {
        this.line = line;
        this.patience = patience;
    }

    /** Sends all of the buffer's bytes; nothing for an empty one, which would end the body. */
    public void write(ByteBuffer bytes) throws IOException {
        if (bytes.hasRemaining()) {
            byte[] size = (Integer.toHexString(bytes.remaining()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            line.write(patience, ByteBuffer.wrap(size), bytes, ByteBuffer.wrap(LAST, 1, 2));
        }
    }

    /** Ends the body in order: only when all of it was sent. */
    public void end() throws IOException {
        line.write(patience, ByteBuffer.wrap(LAST));
    }
}
