package dev.relay.outside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A reader that takes so many bytes and closes its end of the pipe. */
final class LeavingReader implements WritableByteChannel {
    private long left;

    LeavingReader(long bytes) {
        this.left = bytes;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (left <= 0) {
            // The text of EPIPE in the C locale: what a FileChannel on a pipe throws.
            throw new IOException("Broken pipe");
        }
        int taken = (int) Math.min(left, source.remaining());
        source.position(source.position() + taken);
        left -= taken;
        return taken;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        left = 0;
    }
}
