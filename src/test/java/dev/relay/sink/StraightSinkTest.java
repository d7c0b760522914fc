package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.io.Sink;
import dev.relay.outcome.FaultException;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A FIFO stands here for every device: what must not be renamed onto can be lost without harm. */
class StraightSinkTest {
    @TempDir
    Path directory;

    private Room room;
    private Path fifo;

    @BeforeEach
    void enter() throws Exception {
        room = new Room(directory);
        fifo = room.path("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"fifo, fifo", "link, fifo"})
    void aFifoIsWrittenThroughAndStaysOne(String name, String target) throws Exception {
        if (!name.equals(target)) {
            Files.createSymbolicLink(room.path(name), Path.of(target));
        }
        var reading = new FutureTask<>(() -> {
            try (InputStream in = new FileInputStream(fifo.toFile())) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
        Thread.ofVirtual().start(reading);
        try (Sink sink = room.named(name)) {
            sink.begin(Answers.ok());
            sink.write(bytes("hello "));
            sink.write(bytes("world"));
            sink.commit();
        }
        assertThat(reading.get()).isEqualTo("hello world");
        assertThat(Files.getAttribute(fifo, "isOther", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(true);
        assertThat(room.names()).doesNotContain("fifo.part", "link.part");
    }

    @Test
    void waitingForAReaderEndsWithAnInterrupt() throws Exception {
        try (Sink sink = room.named("fifo")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> sink.begin(Answers.ok())).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        // Lets the thread go that waits in the kernel.
        try (InputStream in = new FileInputStream(fifo.toFile())) {
            assertThat(in).isNotNull();
        }
    }

    @Test
    void aReaderOfAFifoThatGoesIsAFailure() throws Exception {
        var reading = new FutureTask<>(() -> {
            try (InputStream in = new FileInputStream(fifo.toFile())) {
                return in.read();
            }
        });
        Thread.ofVirtual().start(reading);
        try (Sink sink = room.named("fifo")) {
            sink.begin(Answers.ok());
            sink.write(bytes("x"));
            reading.get();
            assertThatThrownBy(() -> sink.write(bytes("y")))
                    .isInstanceOf(FaultException.class)
                    .hasMessage("cannot write the output: fifo: its reader has closed it");
        }
    }

    @Test
    void aFullDeviceIsAFailure() throws Exception {
        try (Sink sink = room.named("/dev/full")) {
            sink.begin(Answers.ok());
            assertThatThrownBy(() -> sink.write(bytes("x")))
                    .hasMessage("cannot write the output: /dev/full: No space left on device");
        }
    }

    @ParameterizedTest
    @CsvSource({"/dev/null", "/dev/full", "/dev/zero", "/dev/tty"})
    void devicesAreNeverFiles(Path device) throws Exception {
        assertThat(Place.at(device)).isInstanceOf(Place.Straight.class);
    }

    @ParameterizedTest
    @CsvSource({"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
    void standardOutputByNameIsStandardOutput(String name) throws Exception {
        assertThat(Place.at(Path.of(name))).isInstanceOf(Place.Stdout.class);
        Files.createSymbolicLink(room.path("out"), Path.of(name));
        try (Sink sink = room.named("out")) {
            sink.begin(Answers.ok());
            sink.write(bytes("x"));
            sink.commit();
        }
        assertThat(room.stdout.toString(StandardCharsets.UTF_8)).isEqualTo("x");
    }

    @Test
    void anotherOpenFileIsAppendedTo() throws Exception {
        room.has("log", "before\n");
        try (var in = new FileInputStream(room.path("log").toFile())) {
            assertThat(in.available()).isPositive();
            try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
                Path descriptor = descriptors
                        .filter(each -> leadsTo(each, room.path("log")))
                        .findFirst()
                        .orElseThrow();
                try (Sink sink = room.named(descriptor.toString())) {
                    sink.begin(Answers.ok());
                    sink.write(bytes("after\n"));
                    sink.commit();
                }
            }
        }
        assertThat(room.content("log")).isEqualTo("before\nafter\n");
    }

    private static boolean leadsTo(Path link, Path target) {
        try {
            return Files.readSymbolicLink(link).equals(target.toRealPath());
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void linksThatGoRoundAreAFailure() throws Exception {
        Files.createSymbolicLink(room.path("round"), Path.of("round"));
        assertThatThrownBy(() -> room.named("round"))
                .hasMessage("cannot write the output: round: too many levels of symbolic links");
    }
}
