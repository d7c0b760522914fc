package dev.relay.listener;

import dev.relay.io.Chunks;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a file that must not change meanwhile. Its last piece is handed out only if the file is still what it was; one
 * that another has taken the name of is read on, for it is whole.
 */
final class FileBody implements Chunks {
    private static final int PIECE = 128 * 1024;

    private final FileChannel channel;
    private final Path file;
    private final FileOrigin.State state;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
    private long at;

    FileBody(FileChannel channel, Path file, FileOrigin.State state, long first, long end) {
        this.channel = channel;
        this.file = file;
        this.state = state;
        this.at = first;
        this.end = end;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (at == end) {
            return null;
        }
        buffer.clear().limit((int) Math.min(PIECE, end - at));
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at + buffer.position());
            if (count < 0) {
                throw changed("it has become shorter");
            }
        }
        at += buffer.position();
        if (at == end) {
            check();
        }
        return buffer.flip();
    }

    private void check() throws IOException {
        if (channel.size() != state.size()) {
            throw changed("it had " + state.size() + " bytes and has " + channel.size());
        }
        FileOrigin.State now;
        try {
            now = FileOrigin.State.of(file);
        } catch (IOException _) {
            // Its name is gone: what is open here is nobody's to change by it.
            return;
        }
        if (now.key().equals(state.key()) && !now.equals(state)) {
            throw changed("it was written to while it was read");
        }
    }

    private IOException changed(String why) {
        return Fault.of(ExitCode.RESOURCE_CHANGED, file.toString(), why).exception();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It was only read.
        }
    }
}
