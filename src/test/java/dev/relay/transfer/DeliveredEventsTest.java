package dev.relay.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.EventPiece;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveredEventsTest {
    private final DeliveredEvents delivered = new DeliveredEvents();

    private boolean isRepeat(String text, @Nullable String id) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return delivered.isRepeat(new EventPiece(EventPiece.Kind.EVENT, bytes, id));
    }

    @Test
    void anEventIsRepeatedOnAnotherConnectionAlone() {
        assertThat(isRepeat("id: 1\ndata: a\n\n", "1")).isFalse();
        assertThat(isRepeat("id: 1\ndata: a\n\n", "1")).isFalse();
        delivered.reconnected();
        assertThat(isRepeat("id: 1\ndata: a\n\n", "1")).isTrue();
        assertThat(isRepeat("id: 1\ndata: a\n\n", "1")).isTrue();
        assertThat(isRepeat("id: 1\ndata: b\n\n", "1")).isFalse();
        assertThat(isRepeat("id: 1\ndata: b\n\n", "1")).isFalse();
        delivered.reconnected();
        assertThat(isRepeat("id: 1\ndata: b\n\n", "1")).isTrue();
    }

    @Test
    void whatIsNoPartOfTheEventMakesNoDifference() {
        assertThat(isRepeat("id: 1\ndata: a\n\n", "1")).isFalse();
        delivered.reconnected();
        assertThat(isRepeat(": hello\r\nretry: 5\r\nid: 1\r\n:\r\ndata: a\r\n\r\n", "1"))
                .isTrue();
        assertThat(isRepeat("id: 1\ndata: a\ndata\n\n", "1")).isFalse();
        assertThat(isRepeat("id: 1\ndata:\ndata: a\n\n", "1")).isFalse();
    }

    @Test
    void anEventWithoutAnIdIsNeverKnownAgain() {
        for (int i = 0; i < 2; i++) {
            assertThat(isRepeat("data: a\n\n", null)).isFalse();
            assertThat(isRepeat("id\ndata: a\n\n", "")).isFalse();
            delivered.reconnected();
        }
    }

    @Test
    void theLastManyEventsAreKnownAgainThoughAllAreRepeated() {
        int all = DeliveredEvents.KEPT + 100;
        for (int connection = 0; connection < 3; connection++) {
            for (int i = 0; i < all; i++) {
                assertThat(isRepeat("id: " + i + "\n\n", "x")).isEqualTo(connection > 0 && i >= 100);
            }
            delivered.reconnected();
        }
    }
}
