package dev.relay.sink;

import dev.relay.io.Sink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they are wanted: the first few MiB in memory, more of them in a temporary file that has no name, so
 * that nothing is left of it however relay ends.
 */
final class Spool implements Closeable {
    /** Small beside the heap of 32 MiB, and enough for every script and most documents. */
    static final int IN_MEMORY = 4 << 20;

    private static final int BLOCK = 128 << 10;

    private final Path folder;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private @Nullable FileChannel file;
    private long length;

    /** @param folder the directory for the temporary file, should it be needed */
    Spool(Path folder) {
        this.folder = folder;
    }

    /** How many bytes it keeps. */
    long length() {
        return length;
    }

    /** Takes all of the buffer's bytes. */
    void add(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (file == null && length + count > IN_MEMORY) {
            moveToFile();
        }
        if (file == null) {
            remember(bytes);
        } else {
            write(file, bytes);
        }
        length += count;
    }

    /** Gives everything, from the first byte on, to a sink that has begun. */
    void replay(Sink sink) throws IOException {
        for (ByteBuffer block : blocks) {
            sink.write(block.duplicate().flip());
        }
        if (file == null) {
            return;
        }
        var piece = ByteBuffer.allocateDirect(BLOCK);
        for (long at = 0; at < length; at += piece.limit()) {
            read(file, piece.clear(), at);
            sink.write(piece.flip());
        }
    }

    private void remember(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
                blocks.add(ByteBuffer.allocate(BLOCK));
            }
            ByteBuffer block = blocks.getLast();
            int count = Math.min(block.remaining(), bytes.remaining());
            block.put(block.position(), bytes, bytes.position(), count);
            block.position(block.position() + count);
            bytes.position(bytes.position() + count);
        }
    }

    private void moveToFile() throws IOException {
        file = nameless();
        for (ByteBuffer block : blocks) {
            write(file, block.flip());
        }
        blocks.clear();
    }

    /** For the owner alone, and without its name as soon as it is open. */
    private FileChannel nameless() throws IOException {
        try {
            Path path = Files.createTempFile(folder, "relay-", ".hold", Access.owner());
            try {
                return FileChannel.open(
                        path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private void write(FileChannel to, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private void read(FileChannel from, ByteBuffer piece, long at) throws IOException {
        try {
            while (piece.hasRemaining() && at + piece.position() < length) {
                if (from.read(piece, at + piece.position()) < 0) {
                    throw new IOException("the temporary file was cut short");
                }
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** A signal's interrupt stays what it is: why the run ended is told elsewhere. */
    private IOException fault(IOException failure) {
        if (failure instanceof ClosedChannelException || failure instanceof InterruptedIOException) {
            return failure;
        }
        return WriteFault.because(folder, WriteFault.why(failure))
                .withHint("--hold keeps the body there; TMPDIR names another directory")
                .exception(failure);
    }

    /** Forgets everything. */
    @Override
    public void close() throws IOException {
        blocks.clear();
        if (file != null) {
            file.close();
        }
    }
}
