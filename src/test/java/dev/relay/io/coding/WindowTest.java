package dev.relay.io.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies are those of a body that is kept as a whole, wherever the ring has its ends and however it grew. */
class WindowTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 16 * 1024 + 1, 300_000})
    void copiesAreThoseOfTheWholeBody(int size) {
        var random = new Random(size);
        var window = new Window(size);
        var whole = new ByteArrayOutputStream();
        var handedOut = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            int length = random.nextInt(Math.min(size, 2000) + 1);
            if (window.reach() == 0 || random.nextInt(4) == 0) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                window.append(bytes, 0, length);
                whole.writeBytes(bytes);
            } else {
                int distance = 1 + random.nextInt(window.reach());
                window.repeat(distance, length);
                copy(whole, distance, length);
            }
            for (ByteBuffer bytes = window.take(); bytes != null; bytes = window.take()) {
                handedOut.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
            assertThat(window.reach()).isEqualTo(Math.min(size, whole.size()));
        }
        assertThat(handedOut.toByteArray()).isEqualTo(whole.toByteArray());
    }

    private static void copy(ByteArrayOutputStream whole, int distance, int length) {
        byte[] before = whole.toByteArray();
        byte[] pattern = new byte[distance];
        System.arraycopy(before, before.length - distance, pattern, 0, distance);
        for (int i = 0; i < length; i++) {
            whole.write(pattern[i % distance]);
        }
    }
}
