package dev.relay.outside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;

/** A standard output whose reader has stopped until it is released; what is written is dropped. */
final class StuckChannel implements WritableByteChannel {
    private final CountDownLatch released = new CountDownLatch(1);

    void release() {
        released.countDown();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new ClosedByInterruptException();
        }
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
