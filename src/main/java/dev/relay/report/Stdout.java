package dev.relay.report;

import dev.relay.io.ReaderGoneException;
import dev.relay.io.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Standard output, after the payload. */
final class Stdout {
    private Stdout() {}

    /** Writes all of it; a reader that has gone is told apart from a disk that is full. */
    static void write(Surroundings surroundings, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                surroundings.stdout().write(left);
            }
        } catch (ReaderGoneException e) {
            throw e;
        } catch (IOException e) {
            // The JDK has no type for EPIPE.
            if ("Broken pipe".equals(e.getMessage())) {
                throw new ReaderGoneException(e);
            }
            throw WriteFailure.of("standard output", e);
        }
    }
}
