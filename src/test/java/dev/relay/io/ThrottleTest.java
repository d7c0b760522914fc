package dev.relay.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    @Test
    void handsOnEveryByteInSlicesOfATwentiethOfASecond() throws Exception {
        byte[] body = new byte[100_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        var throttle = new Throttle(
                new Pieces(ByteBuffer.wrap(body, 0, 30_001), ByteBuffer.wrap(body, 30_001, 69_999)),
                1_000_000,
                System::nanoTime);
        var came = new ByteArrayOutputStream();
        for (ByteBuffer bytes = throttle.next(); bytes != null; bytes = throttle.next()) {
            assertThat(bytes.remaining()).isBetween(1, 50_000);
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            came.writeBytes(copy);
        }
        assertThat(came.toByteArray()).isEqualTo(body);
    }

    @Test
    void takesAtLeastTheTimeThatTheRateAsksFor() throws Exception {
        var throttle = new Throttle(new Pieces(ByteBuffer.allocate(400_000)), 1_000_000, System::nanoTime);
        long start = System.nanoTime();
        while (throttle.next() != null) {}
        assertThat(System.nanoTime() - start).isGreaterThan(300_000_000L);
    }

    @Test
    void passesSingleBytesAtARateBelowTwentyBytesASecond() throws Exception {
        var throttle = new Throttle(new Pieces(ByteBuffer.allocate(2)), 10, System::nanoTime);
        assertThat(throttle.next()).matches(bytes -> bytes != null && bytes.remaining() == 1);
        throttle.close();
    }

    /** A body that has already arrived, in these pieces. */
    private static final class Pieces implements Chunks {
        private final Deque<ByteBuffer> pieces;

        Pieces(ByteBuffer... pieces) {
            this.pieces = new ArrayDeque<>(List.of(pieces));
        }

        @Override
        public @Nullable ByteBuffer next() {
            return pieces.poll();
        }

        @Override
        public void close() {
            pieces.clear();
        }
    }
}
