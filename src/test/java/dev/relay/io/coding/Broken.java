package dev.relay.io.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Bodies that something went wrong with. */
final class Broken {
    private Broken() {}

    /** Changes some bytes of the body, again and again: it is decoded or refused, and nothing else happens. */
    static void inManyWays(String coding, byte[] encoded, int times) {
        var random = new Random(1);
        for (int i = 0; i < times; i++) {
            byte[] broken = encoded.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            var undone = Undone.of(coding, broken, 1 + random.nextInt(broken.length));
            assertThat(undone.isWhole() || undone.isRefused()).as("time " + i).isTrue();
        }
    }
}
