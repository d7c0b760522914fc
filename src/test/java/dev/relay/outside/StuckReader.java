package dev.relay.outside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;

/** A reader that takes nothing until it is released, and then everything. */
final class StuckReader implements WritableByteChannel {
    private final CountDownLatch release;

    StuckReader(CountDownLatch release) {
        this.release = release;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw (IOException) new ClosedByInterruptException().initCause(e);
        }
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
