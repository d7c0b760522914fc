package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.io.Sink;
import dev.relay.plan.Delivery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeeTest {
    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void enter() {
        room = new Room(directory);
    }

    @Test
    void eachGetsEveryByte() throws Exception {
        try (Sink sink = new Tee(List.of(stdout(), room.named("a"), room.named("b")))) {
            sink.begin(Answers.ok());
            var bytes = bytes("hello");
            sink.write(bytes);
            assertThat(bytes.hasRemaining()).isFalse();
            sink.commit();
        }
        assertThat(room.stdout.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(room.content("a")).isEqualTo("hello");
        assertThat(room.content("b")).isEqualTo("hello");
    }

    @Test
    void theFailureOfOneIsTheFailureOfAll() throws Exception {
        try (Sink sink = new Tee(List.of(room.named("a"), room.named("/dev/full")))) {
            sink.begin(Answers.ok());
            assertThatThrownBy(() -> sink.write(bytes("x"))).hasMessageContaining("/dev/full");
        }
        assertThat(room.names()).isEmpty();
    }

    @Test
    void whatCannotBeginLeavesNothing() throws Exception {
        try (Sink sink = new Tee(List.of(room.named("a"), room.named("missing/b")))) {
            assertThatThrownBy(() -> sink.begin(Answers.ok())).hasMessageContaining("missing/b");
        }
        assertThat(room.names()).isEmpty();
    }

    @Test
    void headsGoBeforeTheBody() throws Exception {
        try (Sink sink = new HeadFirst(room.named("a"))) {
            sink.begin(Answers.ok("X: \u00C3\u00A9"));
            sink.write(bytes("body"));
            sink.commit();
        }
        assertThat(room.content("a")).isEqualTo("HTTP/1.1 200 OK\r\nX: \u00E9\r\n\r\nbody");
    }

    @Test
    void headsHaveAFileOfTheirOwnThatStaysWhenTheBodyFails() throws Exception {
        try (Sink sink = new Tee(List.of(room.named("body"), new HeadFile(room.named("heads"))))) {
            sink.begin(Answers.of(404));
            assertThat(room.content("heads")).isEqualTo("HTTP/1.1 404 Not Found\r\n\r\n");
            sink.write(bytes("body"));
        }
        assertThat(room.names()).containsExactly("heads");
    }

    private Sink stdout() throws Exception {
        return room.sink(new Delivery.Stdout(false));
    }
}
