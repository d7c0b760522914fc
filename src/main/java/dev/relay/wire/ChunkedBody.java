package dev.relay.wire;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body in chunks (RFC 9112 §7.1), read to the letter: what is not quite a chunk ends it with an error. */
public final class ChunkedBody implements Chunks {
    private static final int LONGEST_SIZE = 15;
    private static final int LONGEST_EXTENSION = 4096;

    private final Inlet inlet;
    private final Patience patience;
    private final Line line;
    private final MessageReader reader;
    private Headers trailers = Headers.NONE;
    private long left;
    private boolean begun;
    private boolean read;

    public ChunkedBody(Line line, Inlet inlet, Patience patience) {
        this.line = line;
        this.inlet = inlet;
        this.patience = patience;
        this.reader = new MessageReader(inlet, MessageReader.Limits.OF_REQUESTS);
    }

    /** Whether all has been handed out, so that the connection stands before the next message. */
    public boolean isRead() {
        return read;
    }

    /** The fields behind the body (RFC 9110 §6.5), once it has been read. */
    public Headers trailers() {
        return trailers;
    }

    /**
     * @throws EOFException when the connection ended before the last chunk
     * @throws ProtocolException when the chunks are malformed
     */
    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (read) {
            return null;
        }
        if (left == 0) {
            if (begun) {
                expect('\r');
                expect('\n');
            }
            begun = true;
            left = size();
            if (left == 0) {
                awaitMore();
                trailers = reader.fields(deadline());
                read = true;
                return null;
            }
        }
        awaitMore();
        ByteBuffer waiting = inlet.waiting();
        int count = (int) Math.min(waiting.remaining(), left);
        ByteBuffer piece = waiting.slice(waiting.position(), count);
        waiting.position(waiting.position() + count);
        left -= count;
        return piece;
    }

    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int c = byteOrEnd();
        for (; digit(c) >= 0; c = byteOrEnd()) {
            if (++digits > LONGEST_SIZE) {
                throw new ProtocolException("a chunk size of more than " + LONGEST_SIZE + " digits");
            }
            size = size * 16 + digit(c);
        }
        if (digits == 0) {
            throw new ProtocolException("a chunk without a size");
        }
        skipExtension(c);
        return size;
    }

    /** White space and extensions (RFC 9112 §7.1.1) say nothing to us; whatever else stands behind a size is an error. */
    private void skipExtension(int first) throws IOException {
        int c = first;
        if (c != '\r' && c != ';' && c != ' ' && c != '\t') {
            throw new ProtocolException("a chunk size that is no number");
        }
        for (int skipped = 0; c != '\r'; c = byteOrEnd()) {
            if (++skipped > LONGEST_EXTENSION || c == '\n' || (c < ' ' && c != '\t')) {
                throw new ProtocolException("a malformed chunk extension");
            }
        }
        expect('\n');
    }

    private static int digit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private void expect(int wanted) throws IOException {
        if (byteOrEnd() != wanted) {
            throw new ProtocolException("a chunk that does not end where its size says");
        }
    }

    private int byteOrEnd() throws IOException {
        awaitMore();
        return inlet.waiting().get() & 0xFF;
    }

    private void awaitMore() throws IOException {
        if (!inlet.await(patience)) {
            throw new EOFException("the connection was closed before the last chunk");
        }
    }

    private long deadline() {
        long left = patience.left();
        return left == Line.FOR_EVER ? Line.FOR_EVER : System.nanoTime() + left;
    }

    /** Gives the connection up, unless the body came to its end. */
    @Override
    public void close() {
        if (!read) {
            line.close();
        }
    }
}
