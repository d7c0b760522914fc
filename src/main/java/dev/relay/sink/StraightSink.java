package dev.relay.sink;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A device or a FIFO: opened as it is, written as the bytes come; what was written cannot be taken back. */
final class StraightSink implements Sink {
    private static final int TYPE_BITS = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    private final Path shownAs;
    private final Place.Straight place;
    private @Nullable FileChannel channel;

    /** @param shownAs the path as the user gave it */
    StraightSink(Path shownAs, Place.Straight place) {
        this.shownAs = shownAs;
        this.place = place;
    }

    @Override
    public void begin(Reply reply) throws IOException {
        try {
            channel = opened();
        } catch (IOException e) {
            throw WriteFault.of(shownAs, e);
        }
    }

    /** A FIFO without a reader holds its opener in the kernel, deaf to interrupts: another thread waits there. */
    private FileChannel opened() throws IOException {
        var option = place.append() ? StandardOpenOption.APPEND : StandardOpenOption.WRITE;
        var opening = new FutureTask<>(() -> FileChannel.open(place.path(), option));
        Thread.ofPlatform().daemon().name("open " + shownAs).start(opening);
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting for a reader of " + shownAs);
            stopped.initCause(e);
            throw stopped;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                open().write(bytes);
            }
        } catch (IOException e) {
            throw BrokenPipe.is(e)
                    ? WriteFault.because(shownAs, "its reader has closed it").exception(e)
                    : WriteFault.of(shownAs, e);
        }
    }

    @Override
    public void sync() throws IOException {
        try {
            // Nothing else under a device's name can be synced, and a FIFO would only answer that it is none.
            if (((int) Files.getAttribute(place.path(), "unix:mode") & TYPE_BITS) == BLOCK_DEVICE) {
                open().force(false);
            }
        } catch (IOException e) {
            throw WriteFault.of(shownAs, e);
        }
    }

    @Override
    public void commit() throws IOException {
        sync();
        close();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public Path file() {
        return shownAs;
    }

    private FileChannel open() {
        if (channel == null) {
            throw new IllegalStateException("not begun");
        }
        return channel;
    }
}
