package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.io.ReaderGoneException;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {
    private static final int MUCH = Spool.IN_MEMORY + 300_001;

    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void enter() {
        room = new Room(directory);
    }

    @Test
    void nothingComesOutBeforeTheCommit() throws Exception {
        try (Sink sink = held(1000)) {
            sink.begin(Answers.ok());
            var bytes = bytes("hello ");
            sink.write(bytes);
            assertThat(bytes.hasRemaining()).isFalse();
            sink.write(bytes("world"));
            sink.sync();
            assertThat(room.stdout.size()).isZero();
            sink.commit();
        }
        assertThat(room.stdout.toString(StandardCharsets.UTF_8)).isEqualTo("hello world");
        assertThat(room.names()).isEmpty();
    }

    @Test
    void nothingComesOutWithoutACommit() throws Exception {
        try (Sink sink = held(1000)) {
            sink.begin(Answers.ok());
            sink.write(bytes("rm -rf /"));
        }
        assertThat(room.stdout.size()).isZero();
    }

    @Test
    void muchIsHeldInAFileWithoutAName() throws Exception {
        byte[] much = new byte[MUCH];
        new Random(1).nextBytes(much);
        try (Sink sink = held(MUCH)) {
            sink.begin(Answers.ok());
            for (int at = 0; at < MUCH; at += 100_000) {
                sink.write(ByteBuffer.wrap(much, at, Math.min(100_000, MUCH - at)));
            }
            assertThat(room.names()).isEmpty();
            assertThat(room.stdout.size()).isZero();
            sink.commit();
        }
        assertThat(room.stdout.toByteArray()).isEqualTo(much);
    }

    @Test
    void aPieceLargerThanTheMemoryIsHeldToo() throws Exception {
        byte[] much = new byte[MUCH];
        new Random(2).nextBytes(much);
        try (Sink sink = held(MUCH)) {
            sink.begin(Answers.ok());
            sink.write(ByteBuffer.wrap(much));
            sink.commit();
        }
        assertThat(room.stdout.toByteArray()).isEqualTo(much);
    }

    @Test
    void moreThanTheLimitIsRefusedWithTheFirstByteTooMany() throws Exception {
        try (Sink sink = held(5)) {
            sink.begin(Answers.ok());
            sink.write(bytes("hello"));
            refuses(() -> sink.write(bytes("!")), "standard output: more than 5 bytes came", "--hold-limit");
        }
        assertThat(room.stdout.size()).isZero();
    }

    @Test
    void anAnnouncedLengthBeyondTheLimitIsRefusedAtOnce() throws Exception {
        try (Sink sink = held(5)) {
            refuses(() -> sink.begin(Answers.ok("Content-Length: 6")), "6 bytes are to come", "--hold-limit");
        }
        try (Sink sink = held(5)) {
            sink.begin(Answers.ok("Content-Length: 5"));
        }
    }

    @Test
    void aTemporaryDirectoryThatCannotBeUsedIsNamed() throws Exception {
        room = new Room(directory.resolve("missing"));
        try (Sink sink = held(MUCH)) {
            sink.begin(Answers.ok());
            sink.write(bytes("a little needs no file"));
            refuses(
                    () -> sink.write(ByteBuffer.allocate(Spool.IN_MEMORY)),
                    "missing: there is no such directory",
                    "TMPDIR");
        }
        assertThat(room.stdout.size()).isZero();
    }

    @Test
    void aFullTemporaryDirectoryIsNamed() throws Exception {
        boolean mounted = Mounts.mount(directory, "64k");
        Assumptions.assumeTrue(mounted, "nothing can be mounted here");
        try (Sink sink = held(MUCH)) {
            sink.begin(Answers.ok());
            refuses(() -> sink.write(ByteBuffer.allocate(MUCH)), directory + ": No space left on device", "TMPDIR");
        } finally {
            Mounts.unmount(directory);
        }
        assertThat(room.stdout.size()).isZero();
    }

    @Test
    @Timeout(30)
    void aFifoIsNotOpenedBeforeTheCommit() throws Exception {
        Path fifo = room.path("fifo");
        Assumptions.assumeTrue(Mounts.succeeds("mkfifo", fifo.toString()), "needs mkfifo");
        Sink straight = room.named("fifo");
        // Opening it would wait for a reader, and there is none.
        try (Sink sink = new Hold(straight, 10, surroundings(Channels.newChannel(room.stdout), Set.of()))) {
            sink.begin(Answers.ok());
            sink.write(bytes("hello"));
            assertThat(sink.file()).isEqualTo(Path.of("fifo"));
        }
    }

    @Test
    void aReaderWhoLeavesDuringTheReplayIsToldApart() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (var out = pipe.sink();
                Sink sink = held(10, out, Set.of())) {
            sink.begin(Answers.ok());
            sink.write(bytes("x"));
            assertThatThrownBy(sink::commit).isInstanceOf(ReaderGoneException.class);
        }
    }

    @Test
    void aSignalEndsTheReplay() throws Exception {
        for (int size : new int[] {10, MUCH}) {
            try (var out = Pipe.open().sink();
                    Sink sink = held(size, out, Set.of())) {
                sink.begin(Answers.ok());
                sink.write(ByteBuffer.allocate(size));
                Thread.currentThread().interrupt();
                assertThatThrownBy(sink::commit).isInstanceOf(ClosedByInterruptException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void aTerminalIsStillNotSentBinaryData() throws Exception {
        try (Sink sink = held(10, Channels.newChannel(room.stdout), Set.of(1))) {
            sink.begin(Answers.ok());
            sink.write(bytes("\u0000"));
            assertThatThrownBy(sink::commit).hasMessageContaining("binary data");
        }
        assertThat(room.stdout.size()).isZero();
    }

    @Test
    void itsFileIsForItsOwnerAlone() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
        try (Sink sink = held(MUCH)) {
            sink.begin(Answers.ok());
            sink.write(ByteBuffer.allocate(MUCH));
            try (var open = Files.list(Path.of("/proc/self/fd"))) {
                Path file = open.filter(this::isOurs).findFirst().orElseThrow();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(this::isOurs)).isEmpty();
        }
    }

    private boolean isOurs(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith(directory.toString()) && target.contains(".hold");
        } catch (IOException e) {
            // The descriptor that reads the directory is closed by now.
            return false;
        }
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private static void refuses(Attempt attempt, String... why) {
        assertThatThrownBy(attempt::make)
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(ExitCode.OUTPUT_FAILED))
                .hasMessageContainingAll(why);
    }

    private Sink held(long limit) throws IOException {
        return held(limit, Channels.newChannel(room.stdout), Set.of());
    }

    private Sink held(long limit, WritableByteChannel out, Set<Integer> terminals) throws IOException {
        var surroundings = surroundings(out, terminals);
        return new Hold(Sinks.of(new Delivery.Stdout(false), surroundings, room.notes::add), limit, surroundings);
    }

    private Surroundings surroundings(WritableByteChannel out, Set<Integer> terminals) {
        Surroundings usual = room.surroundings(out, terminals);
        return new Surroundings(
                Map.of("TMPDIR", room.path("").toString()),
                usual.workingDirectory(),
                usual.stdin(),
                out,
                usual.stderr(),
                terminals,
                usual.nanoTime(),
                usual.clock());
    }
}
