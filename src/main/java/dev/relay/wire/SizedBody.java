package dev.relay.wire;

import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body of a known length (RFC 9112 §6.2), or one that ends with the connection (§6.3). */
public final class SizedBody implements Chunks {
    private static final long UNTIL_CLOSE = -1;

    private final Inlet inlet;
    private final Patience patience;
    private final Line line;
    private final long length;
    private long received;

    private SizedBody(Line line, Inlet inlet, Patience patience, long length) {
        this.line = line;
        this.inlet = inlet;
        this.patience = patience;
        this.length = length;
    }

    /** A body of that many bytes. */
    public static SizedBody ofLength(Line line, Inlet inlet, Patience patience, long length) {
        return new SizedBody(line, inlet, patience, length);
    }

    /** A body of all that comes. */
    public static SizedBody untilClose(Line line, Inlet inlet, Patience patience) {
        return new SizedBody(line, inlet, patience, UNTIL_CLOSE);
    }

    /** Whether all has been handed out, so that the connection stands before the next message. */
    public boolean isRead() {
        return received == length;
    }

    /** @throws EOFException when the connection ended before the body */
    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (received == length) {
            return null;
        }
        if (!inlet.await(patience)) {
            if (length == UNTIL_CLOSE) {
                return null;
            }
            throw new EOFException("only " + received + " of " + length + " bytes came");
        }
        ByteBuffer waiting = inlet.waiting();
        int count =
                length == UNTIL_CLOSE ? waiting.remaining() : (int) Math.min(waiting.remaining(), length - received);
        ByteBuffer piece = waiting.slice(waiting.position(), count);
        waiting.position(waiting.position() + count);
        received += count;
        return piece;
    }

    /** Gives the connection up, unless the body came to its end. */
    @Override
    public void close() {
        if (received != length) {
            line.close();
        }
    }
}
