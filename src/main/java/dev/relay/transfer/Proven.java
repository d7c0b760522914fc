package dev.relay.transfer;

import dev.relay.io.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body whose last piece is handed out only when all of it is known to be right: a length that was promised to somebody
 * else is then never reached by a body that is wrong. Without a length there is no last piece, but an end, which is the
 * same.
 */
final class Proven implements Chunks {
    private final Chunks body;
    private final Proof proof;
    private final long length;
    private long count;
    private boolean ended;

    /** @param length of the body; -1 when it is not known */
    Proven(Chunks body, Proof proof, long length) {
        this.body = body;
        this.proof = proof;
        this.length = length;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (ended) {
            return null;
        }
        ByteBuffer bytes = body.next();
        if (bytes == null) {
            end();
            return null;
        }
        count += bytes.remaining();
        if (count != length) {
            return bytes;
        }
        // What was handed out is gone with the next call.
        ByteBuffer last = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        if (body.next() != null) {
            throw new IllegalStateException("more than the length that was checked");
        }
        end();
        return last;
    }

    private void end() throws IOException {
        ended = true;
        proof.check();
    }

    @Override
    public void close() {
        body.close();
    }
}
