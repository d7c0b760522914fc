package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.relay.io.Chunks;
import dev.relay.io.Continuation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes that an earlier run left in a part, from the first one on. */
final class PartBytes implements Chunks {
    private static final int PIECE = 128 << 10;

    private final FileChannel channel;
    private final Path path;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private long left;

    private PartBytes(Path path, FileChannel channel, long length) {
        this.path = path;
        this.channel = channel;
        this.left = length;
    }

    /**
     * Opens them.
     *
     * @param length how many there are to be read; what follows is not looked at
     */
    record Opening(Path path, long length) implements Continuation.Beginning {
        @Override
        public Chunks open() throws IOException {
            try {
                var channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
                return new PartBytes(path, channel, length);
            } catch (IOException e) {
                throw Leftover.unreadable(path, e);
            }
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (left == 0) {
            return null;
        }
        piece.clear().limit((int) Math.min(PIECE, left));
        try {
            if (channel.read(piece) < 0) {
                throw new IOException("it has become shorter");
            }
        } catch (IOException e) {
            throw Leftover.unreadable(path, e);
        }
        left -= piece.position();
        return piece.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // What was read is read; closing what was only read loses nothing.
            assert e != null;
        }
    }
}
