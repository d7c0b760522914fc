package dev.relay.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/** Takes what comes out of a pipe, to its end: fast, or with pauses. */
final class PipeReader implements Lab.Reader {
    private static final int PIECE = 256 * 1024;

    private final long pauseEvery;
    private final long pauseNanos;
    private final CRC32C crc = new CRC32C();
    private final AtomicLong count = new AtomicLong();

    private PipeReader(long pauseEvery, long pauseNanos) {
        this.pauseEvery = pauseEvery;
        this.pauseNanos = pauseNanos;
    }

    /** Never waits. */
    static PipeReader fast() {
        return new PipeReader(Long.MAX_VALUE, 0);
    }

    /** Sleeps for a second at first, then for 20 ms after every 8 MiB. */
    static PipeReader slow() {
        return new PipeReader(8 << 20, TimeUnit.MILLISECONDS.toNanos(20));
    }

    /** How many bytes there were. */
    long count() {
        return count.get();
    }

    /** The CRC-32C of all of them. */
    long crc32c() {
        return crc.getValue();
    }

    @Override
    public void read(Path pipe) throws IOException {
        var bytes = ByteBuffer.allocateDirect(PIECE);
        try (var in = FileChannel.open(pipe)) {
            pause(pauseNanos * 50);
            long next = pauseEvery;
            while (in.read(bytes.clear()) >= 0) {
                count.addAndGet(bytes.flip().remaining());
                crc.update(bytes);
                if (count.get() >= next) {
                    next += pauseEvery;
                    pause(pauseNanos);
                }
            }
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
