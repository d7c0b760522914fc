package dev.relay.io.coding;

import dev.relay.io.Chunks;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body with one coding undone. What breaks below passes through as it is; what the coding does not allow, an early end
 * included, is a fault of its own. A body without a byte is accepted: servers name a coding there too.
 */
final class Decoded implements Chunks {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Chunks source;
    private final Decoder decoder;
    private final String coding;
    private final String where;
    private ByteBuffer encoded = NOTHING;
    private boolean begun;
    private boolean ended;

    /** @param coding its name, for the line that says what is broken */
    Decoded(Chunks source, Decoder decoder, String coding, String where) {
        this.source = source;
        this.decoder = decoder;
        this.coding = coding;
        this.where = where;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            ByteBuffer bytes = begun ? decoder.decode(encoded) : null;
            while (bytes == null && arrives()) {
                bytes = decoder.decode(encoded);
            }
            if (bytes == null) {
                end();
            }
            return bytes;
        } catch (BrokenCodingException e) {
            close();
            throw Fault.of(ExitCode.CONTENT_ENCODING, where, coding + ": " + e.getMessage())
                    .exception(e);
        }
    }

    private boolean arrives() throws IOException {
        ByteBuffer bytes = source.next();
        encoded = bytes == null ? NOTHING : bytes;
        begun |= bytes != null;
        return bytes != null;
    }

    private void end() throws BrokenCodingException {
        if (begun && !decoder.isComplete()) {
            throw new BrokenCodingException("the body ends before the coding does");
        }
        ended = true;
        decoder.close();
    }

    @Override
    public void close() {
        ended = true;
        decoder.close();
        source.close();
    }
}
