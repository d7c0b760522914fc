package dev.relay.io.body;

import dev.relay.io.Chunks;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.plan.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a body, one after the other, in what a single read brings: what a pipe delivers is handed out at once, and
 * no read waits for a buffer to be full.
 */
final class JoinedPieces implements Chunks {
    /** The largest read: as much as a pipe holds, usually. */
    static final int PIECE = 64 * 1024;

    private final Iterator<Body.Piece> pieces;
    private final Iterator<LocalFile> files;
    private final InputStream stdin;
    private final boolean again;
    private @Nullable ByteBuffer buffer;
    private @Nullable ReadableByteChannel current;
    private @Nullable LocalFile file;
    private Body.Treatment treatment = Body.Treatment.AS_IS;
    private long read;

    /** @param again whether the files have been sent before */
    JoinedPieces(List<Body.Piece> pieces, List<LocalFile> files, InputStream stdin, boolean again) {
        this.pieces = pieces.iterator();
        this.files = files.iterator();
        this.stdin = stdin;
        this.again = again;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        while (true) {
            ByteBuffer bytes = current == null ? begin() : more(current);
            if (bytes == null || bytes.hasRemaining()) {
                return bytes;
            }
        }
    }

    /** Goes on to the next piece; null when there is none. */
    private @Nullable ByteBuffer begin() throws IOException {
        if (!pieces.hasNext()) {
            return null;
        }
        read = 0;
        switch (pieces.next()) {
            case Body.Literal(String text) -> {
                return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            }
            case Body.FromFile next -> {
                file = files.next();
                treatment = next.treatment();
                current = file.open(again);
            }
            case Body.FromStdin(Body.Treatment how) -> {
                treatment = how;
                current = Channels.newChannel(stdin);
            }
        }
        return ByteBuffer.allocate(0);
    }

    /** What one read brings of the piece; empty when it brings nothing more, and the next piece is to follow. */
    private ByteBuffer more(ReadableByteChannel channel) throws IOException {
        ByteBuffer place = place();
        if (file != null && file.size() >= 0) {
            // A file that grows meanwhile is sent as it was.
            place.limit((int) Math.min(place.capacity(), file.size() - read));
        }
        int count = place.hasRemaining() ? read(channel, place) : -1;
        if (count < 0) {
            end();
            return place.limit(0);
        }
        read += count;
        return Treating.of(treatment, place.flip());
    }

    private ByteBuffer place() {
        ByteBuffer made = buffer;
        if (made == null) {
            made = ByteBuffer.allocateDirect(PIECE);
            buffer = made;
        }
        return made.clear();
    }

    private int read(ReadableByteChannel channel, ByteBuffer place) throws IOException {
        try {
            return channel.read(place);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (file != null) {
                throw file.unreadable(e);
            }
            throw Fault.of(ExitCode.INPUT_FAILED, "standard input", String.valueOf(e.getMessage()))
                    .exception(e);
        }
    }

    private void end() throws IOException {
        LocalFile ended = file;
        close();
        if (ended != null && ended.size() >= 0 && read < ended.size()) {
            throw ended.shrunk(read);
        }
    }

    /** Standard input stays open: it is not only ours. */
    @Override
    public void close() {
        if (current instanceof FileChannel channel && file != null) {
            try {
                channel.close();
            } catch (IOException _) {
                // It was only read.
            }
        }
        current = null;
        file = null;
    }
}
