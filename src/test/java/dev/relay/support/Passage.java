package dev.relay.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When bytes passed: noted before the next are asked for, so that a slow machine makes no burst that was none. */
public final class Passage {
    private record Passed(long nanoTime, long bytes) {}

    private final List<Passed> passed = new ArrayList<>();
    private long bytes;

    /** These bytes pass now. */
    public synchronized void note(@Nullable ByteBuffer more) {
        int count = more == null ? 0 : more.remaining();
        passed.add(new Passed(System.nanoTime(), count));
        bytes += count;
        notifyAll();
    }

    public synchronized long bytes() {
        return bytes;
    }

    /** Returns once so many bytes have passed. */
    public synchronized void await(long count) {
        Patience.await(this, count + " bytes to pass", () -> bytes >= count);
    }

    /** Fails when any stretch of time carried more than its share of the rate, a twentieth of a second's, and a byte. */
    public synchronized void mustKeepTo(long bytesPerSecond) {
        // The fill of a bucket that leaks at the rate is the most that any stretch up to now has carried above its
        // share.
        double fill = 0;
        for (int i = 0; i < passed.size(); i++) {
            if (i > 0) {
                double seconds = (passed.get(i).nanoTime() - passed.get(i - 1).nanoTime()) / 1e9;
                fill = Math.max(0, fill - seconds * bytesPerSecond);
            }
            fill += passed.get(i).bytes();
            if (fill > bytesPerSecond / 20.0 + 1.01) {
                throw new AssertionError("a burst of " + fill + " bytes above " + bytesPerSecond + " a second");
            }
        }
    }
}
