package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.io.ReaderGoneException;
import dev.relay.io.Sink;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StdoutSinkTest {
    private final Room room = new Room(Path.of("").toAbsolutePath());

    @Test
    void bytesGoAsTheyAre() throws Exception {
        byte[] all = {0, 27, '[', 'm', -1, '\r', '\n'};
        try (Sink sink = room.sink(new Delivery.Stdout(false))) {
            sink.begin(Answers.ok());
            sink.write(ByteBuffer.wrap(all));
            assertThat(room.stdout.toByteArray()).isEqualTo(all);
            sink.commit();
            assertThat(sink.file()).isNull();
        }
        assertThat(room.stdout.toByteArray()).isEqualTo(all);
    }

    @Test
    void aTerminalIsShownText() throws Exception {
        try (Sink sink = onTerminal(false)) {
            sink.begin(Answers.ok());
            sink.write(bytes("a\u001B[m\r"));
            sink.write(bytes("\nb\r"));
            sink.commit();
        }
        assertThat(room.stdout.toString(StandardCharsets.UTF_8)).isEqualTo("a^[[m\nb^M");
    }

    @Test
    void aTerminalIsSentEverythingWhenAsked() throws Exception {
        try (Sink sink = onTerminal(true)) {
            sink.begin(Answers.ok());
            sink.write(bytes("\u0000\u001B[m"));
            sink.commit();
        }
        assertThat(room.stdout.toString(StandardCharsets.UTF_8)).isEqualTo("\u0000\u001B[m");
    }

    @Test
    void binaryDataOnATerminalIsRefused() throws Exception {
        try (Sink sink = onTerminal(false)) {
            sink.begin(Answers.ok());
            assertThatThrownBy(() -> sink.write(bytes("\u007FELF\u0000")))
                    .hasMessageContaining("binary data")
                    .hasMessageContaining("--raw");
        }
        assertThat(room.stdout.size()).isZero();
    }

    @Test
    void aReaderThatHasGoneIsToldApart() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (var out = pipe.sink();
                Sink sink = on(out)) {
            assertThatThrownBy(() -> sink.write(bytes("x"))).isInstanceOf(ReaderGoneException.class);
        }
    }

    @Test
    void anInterruptedWriteIsNoFailureOfTheOutput() throws Exception {
        try (var out = Pipe.open().sink();
                Sink sink = on(out)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> sink.write(bytes("x"))).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aFullDiskIsAFailure() throws Exception {
        try (var out = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
                Sink sink = on(out)) {
            assertThatThrownBy(() -> sink.write(bytes("x")))
                    .isInstanceOf(FaultException.class)
                    .hasMessage("cannot write the output: standard output: No space left on device");
        }
    }

    @Test
    void brokenPipesAreKnownInAnyLanguage() throws Exception {
        assertThat(BrokenPipe.is(new IOException("Broken pipe"))).isTrue();
        assertThat(BrokenPipe.is(new IOException("Connection reset by peer"))).isTrue();
        assertThat(BrokenPipe.is(new IOException("No space left on device"))).isFalse();
        assertThat(BrokenPipe.is(new IOException())).isFalse();
        assertThat(BrokenPipe.localText()).isEqualTo("Broken pipe");
    }

    private Sink onTerminal(boolean raw) throws IOException {
        var surroundings = room.surroundings(Channels.newChannel(room.stdout), Set.of(1));
        return Sinks.of(new Delivery.Stdout(raw), surroundings, room.notes::add);
    }

    private Sink on(WritableByteChannel out) throws IOException {
        return Sinks.of(new Delivery.Stdout(false), room.surroundings(out, Set.of()), room.notes::add);
    }
}
