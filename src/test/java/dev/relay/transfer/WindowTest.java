package dev.relay.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Segments come in any order and leave in theirs, each byte once. */
class WindowTest {
    private static final long LIMIT = Duration.ofSeconds(30).toNanos();

    private final Window window = new Window(2, 4, 100);

    private void put(long segment, String text) throws IOException {
        window.put(segment, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private String next() throws IOException {
        return StandardCharsets.US_ASCII.decode(window.next()).toString();
    }

    @Test
    void handsOutSegmentsInTheirOrder() throws Exception {
        assertThat(window.take()).isZero();
        assertThat(window.take()).isOne();
        put(1, "four");
        put(0, "one ");
        assertThat(next() + next()).isEqualTo("one four");
    }

    @Test
    void aSegmentThatNobodyHasBegunIsWaitedFor() throws Exception {
        for (int segment = 0; segment < 4; segment++) {
            assertThat(window.take()).isEqualTo(segment);
            put(segment, "old" + segment);
            assertThat(next()).isEqualTo("old" + segment);
        }
        var read = new CompletableFuture<String>();
        var reader = Thread.ofPlatform().daemon().start(() -> {
            try {
                read.complete(next());
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        long end = System.nanoTime() + LIMIT;
        while (reader.getState() != Thread.State.WAITING && reader.isAlive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(window.take()).isEqualTo(4);
        put(4, "new4");
        assertThat(read.get(LIMIT, TimeUnit.NANOSECONDS)).isEqualTo("new4");
    }

    @Test
    void aSegmentThatWasBegunInVainIsTheNextToBeFetched() throws Exception {
        assertThat(window.take()).isZero();
        assertThat(window.take()).isOne();
        assertThat(window.giveBack(0)).isTrue();
        assertThat(window.take()).isZero();
        assertThat(window.giveBack(0)).as("by the last that fetches").isFalse();
    }
}
