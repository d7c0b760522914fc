package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates (RFC 1951), and tells of broken data only after what came before it has been handed out. */
final class Inflation {
    private static final int PIECE = 32 * 1024;

    private final Inflater inflater;
    private final ByteBuffer inflated = ByteBuffer.allocate(PIECE);
    private @Nullable BrokenCodingException broken;

    /** @param raw whether the data stands alone, without the frame of RFC 1950 */
    Inflation(boolean raw) {
        inflater = new Inflater(raw);
    }

    /** The next bytes; null when there are none without more input, or at the end. */
    @Nullable
    ByteBuffer next(ByteBuffer deflated) throws BrokenCodingException {
        if (broken != null) {
            throw broken;
        }
        if (inflater.finished()) {
            return null;
        }
        inflated.clear();
        long before = inflater.getBytesWritten();
        inflater.setInput(deflated);
        try {
            inflater.inflate(inflated);
            if (inflater.needsDictionary()) {
                broken = new BrokenCodingException("a preset dictionary is wanted");
            }
        } catch (DataFormatException e) {
            broken = new BrokenCodingException(reason(e), e);
        }
        // Counted by the inflater, which has written up to the place that is broken.
        int count = (int) (inflater.getBytesWritten() - before);
        if (count > 0) {
            return inflated.position(0).limit(count);
        }
        if (broken != null) {
            throw broken;
        }
        return null;
    }

    private static String reason(DataFormatException e) {
        return e.getMessage() == null ? "the data is broken" : e.getMessage();
    }

    boolean isFinished() {
        return inflater.finished();
    }

    /** The inflated bytes so far, modulo 2^32. */
    int size() {
        return (int) inflater.getBytesWritten();
    }

    void close() {
        inflater.end();
    }
}
