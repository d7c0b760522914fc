package dev.relay.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.io.Sink;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlingTest {
    @TempDir
    Path directory;

    @Test
    void aGrowingPartIsPutOnTheDiskFromTimeToTime() throws Exception {
        var room = new Room(directory);
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok("ETag: \"v1\""));
            write(sink, Settling.FIRST - 1);
            assertThat(synced(room)).isZero();
            write(sink, 2);
            awaitSynced(room, Settling.FIRST + 1);
            write(sink, Settling.STRETCH);
            awaitSynced(room, Settling.FIRST + 1 + Settling.STRETCH);
            sink.commit();
        }
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void whatCannotBeContinuedIsNotWorthIt() throws Exception {
        var room = new Room(directory);
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            write(sink, Settling.FIRST + 1);
        }
        assertThat(room.names()).isEmpty();
    }

    private static void write(Sink sink, long count) throws Exception {
        var piece = ByteBuffer.allocate(1 << 20);
        for (long left = count; left > 0; left -= piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), left));
            sink.write(piece.duplicate());
        }
    }

    private static void awaitSynced(Room room, long length) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (synced(room) != length) {
            assertThat(System.nanoTime()).as("waited in vain for a sync").isLessThan(end);
            Thread.sleep(2);
        }
    }

    private static long synced(Room room) throws Exception {
        return PartMeta.parse(room.content("file.part.meta")).orElseThrow().synced();
    }
}
