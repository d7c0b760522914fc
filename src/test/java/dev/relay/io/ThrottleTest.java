package dev.relay.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Passage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {

    @Test
    void handsOnEveryByteInSlicesOfAHundredthOfASecond() throws Exception {
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
            assertThat(bytes.remaining()).isBetween(1, 10_000);
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

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 19, 100, 12_345, 1_000_000, 300_000_000})
    void noStretchOfTimeCarriesMoreThanItsShareAndATwentiethOfASecond(long rate) throws Exception {
        int size = Math.clamp(rate, 3, 50_000_000);
        var source = new Pieces(ByteBuffer.allocate(1), ByteBuffer.allocate(size / 2), ByteBuffer.allocate(size / 2));
        var throttle = new Throttle(source, rate, System::nanoTime);
        var passage = new Passage();
        while (passage.bytes() < size / 4) {
            passage.note(throttle.next());
        }
        // What was not used is lost: a pause of the reader or of the server ends in no burst.
        Thread.sleep(300);
        for (ByteBuffer bytes = throttle.next(); bytes != null; bytes = throttle.next()) {
            passage.note(bytes);
        }
        passage.mustKeepTo(rate);
    }

    @Test
    void aHighRateIsNotSlowedByManySmallPieces() throws Exception {
        var pieces = new ByteBuffer[200_000];
        Arrays.setAll(pieces, i -> ByteBuffer.allocate(1));
        var throttle = new Throttle(new Pieces(pieces), 10L << 30, System::nanoTime);
        long start = System.nanoTime();
        while (throttle.next() != null) {}
        // A wait for each piece, however short, would take ten seconds and more.
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void theHighestRateThatCanBeSaidWorks() throws Exception {
        var throttle = new Throttle(new Pieces(ByteBuffer.allocate(1 << 20)), Long.MAX_VALUE, System::nanoTime);
        assertThat(throttle.next()).matches(bytes -> bytes != null && bytes.remaining() == 1 << 20);
        assertThat(throttle.next()).isNull();
    }

    @Test
    void aClockThatIsAboutToTurnOverIsAClock() throws Exception {
        long offset = Long.MAX_VALUE - System.nanoTime();
        var throttle = new Throttle(new Pieces(ByteBuffer.allocate(100)), 1000, () -> System.nanoTime() + offset);
        long start = System.nanoTime();
        while (throttle.next() != null) {}
        assertThat(System.nanoTime() - start).isBetween(60_000_000L, TimeUnit.SECONDS.toNanos(20));
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
