package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.relay.io.Continuation;
import dev.relay.io.Sink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
    @TempDir
    Path directory;

    @Test
    void aKilledRelayLeavesTheOldFileAndAPartThatCanBeContinued() throws Exception {
        var room = new Room(directory);
        room.has("file", "old");
        killAWriter();

        assertThat(room.names()).containsExactly("file", "file.part", "file.part.meta");
        assertThat(room.content("file")).isEqualTo("old");
        assertThat(Files.size(room.path("file.part"))).isGreaterThanOrEqualTo(EndlessWriter.MUCH);
        var meta = PartMeta.parse(room.content("file.part.meta")).orElseThrow();
        assertThat(meta.isContinuable()).isTrue();
        assertThat(meta.belongsTo((long) Files.getAttribute(room.path("file.part"), "unix:ino")))
                .isTrue();

        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            sink.write(bytes("new"));
            sink.commit();
        }
        assertThat(room.names()).containsExactly("file");
        assertThat(room.content("file")).isEqualTo("new");
    }

    @Test
    void whatAKilledRelayWroteIsContinuedByteForByte() throws Exception {
        assumeFalse(Boot.id().isEmpty(), "needs a name of the machine's run");
        var room = new Room(directory);
        killAWriter();
        long length;
        try (Sink sink = room.continuing("file")) {
            Continuation left = Objects.requireNonNull(sink.continuation());
            length = left.length();
            assertThat(length).isEqualTo(Files.size(room.path("file.part")));
            sink.begin(Answers.of(206, "ETag: \"v1\""));
            sink.write(bytes(EndlessWriter.DIGITS.repeat(2).substring((int) (length % 10))));
            sink.commit();
        }
        String whole = room.content("file");
        assertThat(whole).hasSizeGreaterThan((int) length).isEqualTo(EndlessWriter.DIGITS.repeat(whole.length() / 10));
        assertThat(room.names()).containsExactly("file");
    }

    private void killAWriter() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            // It says a byte once it has written much.
            assertThat(writer.getInputStream().read()).isEqualTo('.');
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /** A program that writes to a file for as long as it lives. */
    static final class EndlessWriter {
        static final int MUCH = 100_000;
        static final String DIGITS = "0123456789";

        private EndlessWriter() {}

        public static void main(String[] arguments) throws Exception {
            var room = new Room(Path.of(arguments[0]));
            try (Sink sink = room.named("file")) {
                sink.begin(Answers.ok("ETag: \"v1\""));
                for (int written = 0; written < Integer.MAX_VALUE - 10; written += 10) {
                    sink.write(bytes(DIGITS));
                    if (written == MUCH) {
                        System.out.write('.');
                        System.out.flush();
                    }
                }
            }
        }
    }
}
