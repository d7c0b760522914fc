package dev.relay.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.relay.io.Sink;
import dev.relay.outcome.FaultException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok("ETag: \"v1\""));
            assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(100_000))).isInstanceOf(FaultException.class);
        }
        assertThat(room.content("file")).isEqualTo("old");
        assertThat(PartMeta.parse(room.content("file.part.meta")).orElseThrow().isContinuable())
                .isTrue();
        assertThat(room.notes).containsExactly("kept file.part");
    }
}
