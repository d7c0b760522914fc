package dev.relay.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.plan.Limits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void waitsForEverWithoutLimits() {
        Patience patience = patience(null, null);
        assertThat(patience.isOver(Duration.ofDays(1000).toNanos())).isFalse();
        assertThat(patience.left()).isGreaterThan(Duration.ofDays(1000).toNanos());
    }

    @Test
    void theIdleLimitBeginsAnewWithEveryChunk() {
        Patience patience = patience(Duration.ofSeconds(5), null);
        assertThat(patience.isOver(4 * SECOND)).isFalse();
        assertThat(patience.left()).isEqualTo(SECOND);
        patience.came(1);
        assertThat(patience.left()).isEqualTo(5 * SECOND);
        assertThat(patience.isOver(5 * SECOND)).isTrue();
        assertThat(patience.reason()).isEqualTo("nothing came for 5 s");
    }

    @Test
    void theSpeedLimitCountsOnlyTheTimeOfWaiting() {
        Patience patience = patience(null, new Limits.Speed(10, Duration.ofSeconds(2)));
        assertThat(patience.isOver(SECOND)).isFalse();
        patience.came(19);
        assertThat(patience.left()).isEqualTo(SECOND);
        assertThat(patience.isOver(SECOND)).isTrue();
        assertThat(patience.reason()).isEqualTo("slower than 10 bytes a second for 2 s");
    }

    @Test
    void theSpeedIsMeasuredAnewAfterEachWindow() {
        Patience patience = patience(Duration.ofSeconds(60), new Limits.Speed(10, Duration.ofSeconds(2)));
        patience.came(1000);
        assertThat(patience.isOver(2 * SECOND)).isFalse();
        assertThat(patience.left()).isEqualTo(2 * SECOND);
        assertThat(patience.isOver(2 * SECOND)).isTrue();
    }

    private static Patience patience(@Nullable Duration idle, Limits.@Nullable Speed speed) {
        return new Patience(new Limits(null, null, idle, true, null, speed, null, null), false);
    }

    @Test
    void aProcessThatWasStoppedHasNotWaited() {
        Patience patience = patience(Duration.ofSeconds(2), null);
        assertThat(patience.isOverAfterWait(3 * SECOND)).isFalse();
        assertThat(patience.left()).isEqualTo(2 * SECOND);
        assertThat(patience.isOverAfterWait(2 * SECOND + 1)).isTrue();
    }
}
