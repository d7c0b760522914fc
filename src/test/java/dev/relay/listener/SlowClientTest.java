package dev.relay.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Headers;
import dev.relay.io.Ledger;
import dev.relay.io.Witness;
import dev.relay.outcome.Outcome;
import dev.relay.plan.HeaderPolicy;
import dev.relay.plan.Service;
import dev.relay.support.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take nothing, and clients that take little at a time. */
@Timeout(60)
class SlowClientTest {
    private static final Duration STILL = Duration.ofMillis(500);
    private static final Allowances SHORT = new Allowances(Duration.ofSeconds(10), STILL, Duration.ofSeconds(10));
    private static final int LARGE = 16_000_000;

    @TempDir
    Path directory;

    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final Turns turns = new Turns(1, System::nanoTime, "big");

    private Door door() throws Exception {
        Path file = Files.write(directory.resolve("big"), new byte[LARGE]);
        var ledger = new Ledger(System::nanoTime, new Witness() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        });
        var policy = new HeaderPolicy(HeaderPolicy.Kind.SAFE, Set.of(), Set.of(), new Headers(List.of()));
        var counter = new Counter(
                new Gate("/big", null, Set.of()),
                new FileOrigin(file, "big", InstantSource.system()),
                turns,
                new Presenting(new Service.Presented(null, false, false, false), policy, "big"),
                ledger,
                System::nanoTime);
        var door = Door.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, counter, SHORT);
        door.open();
        return door;
    }

    private String noted(String text) throws InterruptedException {
        @Nullable String note = notes.take();
        while (!note.contains(text)) {
            note = notes.take();
        }
        return note;
    }

    @Test
    void aClientThatReadsNothingIsCutAndTheNextIsServed() throws Exception {
        try (var door = door();
                var deaf = RawClient.to(door.port(), 4096).get("/big")) {
            deaf.head();
            assertThat(noted("went away")).contains("it took nothing for 0.5 s");
            assertThat(deaf.rest()).hasSizeLessThan(LARGE);
            assertThat(deaf.wasReset()).isTrue();
            try (var next = RawClient.to(door.port()).get("/big", "User-Agent: another")) {
                assertThat(next.head()).startsWith("HTTP/1.1 200 ");
                assertThat(next.rest()).hasSize(LARGE);
            }
            assertThat(turns.await(null, () -> {})).isInstanceOf(Outcome.Delivered.class);
        }
    }

    /** Each pause is shorter than what is allowed, and all together are far longer than the system has room for anything. */
    @Test
    void aClientThatIsSlowAndMovesIsNeverCut() throws Exception {
        try (var door = door();
                var slow = RawClient.to(door.port(), 64 * 1024).get("/big")) {
            slow.head();
            // As much as the system keeps for it, so that for long it is of no avail to write.
            int read = 0;
            for (int i = 0; i < 30; i++) {
                read += slow.read(50_000).length();
                Thread.sleep(STILL.toMillis() / 5);
            }
            assertThat(slow.rest()).hasSize(LARGE - read);
            assertThat(slow.wasReset()).isFalse();
        }
    }
}
