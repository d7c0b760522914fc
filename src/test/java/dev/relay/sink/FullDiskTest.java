package dev.relay.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.relay.io.Sink;
import dev.relay.outcome.FaultException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 64 KiB, where one may be mounted. */
class FullDiskTest {
    @TempDir
    Path directory;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = Mounts.mount(directory, "64k");
        assumeTrue(mounted, "nothing can be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            Mounts.unmount(directory);
        }
    }

    @Test
    void theOldFileIsIntactAndNoUselessPartFillsTheDisk() throws Exception {
        var room = new Room(directory);
        room.has("file", "old");
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(100_000)))
                    .isInstanceOf(FaultException.class)
                    .hasMessage("cannot write the output: file: No space left on device");
        }
        assertThat(room.content("file")).isEqualTo("old");
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void whatCanBeContinuedIsKept() throws Exception {
        var room = new Room(directory);
        room.has("file", "old");
        Sink sink = room.named("file");
        try (sink) {
            sink.begin(Answers.ok("ETag: \"v1\""));
            assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(100_000))).isInstanceOf(FaultException.class);
        }
        assertThat(room.content("file")).isEqualTo("old");
        assertThat(PartMeta.parse(room.content("file.part.meta")).orElseThrow().isContinuable())
                .isTrue();
        assertThat(sink.kept()).isEqualTo(Path.of("file.part"));
    }

    @Test
    void whatWasKeptIsContinuedOnceThereIsRoom() throws Exception {
        var room = new Room(directory);
        byte[] whole = new byte[100_000];
        new Random(1).nextBytes(whole);
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok("ETag: \"v1\"", "Content-Length: 100000"));
            assertThatThrownBy(() -> sink.write(ByteBuffer.wrap(whole))).isInstanceOf(FaultException.class);
        }
        int kept = (int) Files.size(room.path("file.part"));
        assertThat(kept).isPositive();
        assertThat(PartMeta.parse(room.content("file.part.meta")).orElseThrow().synced())
                .isEqualTo(kept);
        // It is full still.
        try (Sink sink = room.continuing("file")) {
            assertThat(Objects.requireNonNull(sink.continuation()).length()).isEqualTo(kept);
            sink.begin(Answers.of(206, "ETag: \"v1\""));
            assertThatThrownBy(() -> sink.write(ByteBuffer.wrap(whole, kept, 100_000 - kept)))
                    .isInstanceOf(FaultException.class);
        }
        assertThat(Mounts.succeeds("mount", "-o", "remount,size=1m", directory.toString()))
                .isTrue();
        try (Sink sink = room.continuing("file")) {
            int from = (int) Objects.requireNonNull(sink.continuation()).length();
            sink.begin(Answers.of(206, "ETag: \"v1\""));
            sink.write(ByteBuffer.wrap(whole, from, 100_000 - from));
            sink.commit();
        }
        assertThat(Files.readAllBytes(room.path("file"))).isEqualTo(whole);
        assertThat(room.names()).containsExactly("file");
    }
}
