package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteNameTest {
    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void enter() {
        room = new Room(directory);
    }

    @Test
    void theHeadersNameGoesFirstThenTheUrlsThenDownload() throws Exception {
        commit(room.remote("url.txt"), Answers.ok("Content-Disposition: attachment; filename=\"../header.txt\""));
        commit(room.remote("url.txt"), Answers.ok("Content-Disposition: attachment"));
        commit(room.remote(null), Answers.ok());
        assertThat(room.names()).containsExactly("download", "header.txt", "url.txt");
    }

    @Test
    void aFileThatIsThereIsNeverReplaced() throws Exception {
        room.has("name", "mine");
        try (Sink sink = room.remote("name")) {
            assertThatThrownBy(() -> sink.begin(Answers.ok()))
                    .hasMessageContaining("name: it already exists")
                    .hasMessageContaining("--no-clobber");
        }
        assertThat(room.content("name")).isEqualTo("mine");
        assertThat(room.names()).containsExactly("name");
    }

    @Test
    void norIsALinkOrAnythingElse() throws Exception {
        Files.createSymbolicLink(room.path("name"), Path.of("nowhere"));
        try (Sink sink = room.remote("name")) {
            assertThatThrownBy(() -> sink.begin(Answers.ok())).hasMessageContaining("already exists");
        }
        assertThat(room.names()).containsExactly("name");
    }

    @Test
    void aFileThatCameMeanwhileIsNotReplaced() throws Exception {
        try (Sink sink = room.remote("name")) {
            sink.begin(Answers.ok());
            sink.write(bytes("new"));
            room.has("name", "mine");
            assertThatThrownBy(sink::commit).hasMessageContaining("already exists");
        }
        assertThat(room.content("name")).isEqualTo("mine");
        assertThat(room.names()).containsExactly("name");
    }

    @Test
    void anExistingFileIsKeptAndTheNewOneNumbered() throws Exception {
        room.has("name", "mine");
        room.has("name.1", "mine too");
        try (Sink sink = room.remoteNumbered("name")) {
            sink.begin(Answers.ok());
            room.has("name.2", "just came");
            sink.commit();
            assertThat(sink.file()).isEqualTo(Path.of("name.3"));
        }
        commit(room.numbered("name"), Answers.ok());
        assertThat(room.names()).containsExactly("name", "name.1", "name.2", "name.3", "name.4");
    }

    @Test
    void twoAtOnceGetTwoNames() throws Exception {
        try (Sink first = room.numbered("name");
                Sink second = room.numbered("name")) {
            first.begin(Answers.ok());
            second.begin(Answers.ok());
            second.commit();
            first.commit();
        }
        assertThat(room.names()).containsExactly("name", "name.1");
    }

    @Test
    void numbersEnd() throws Exception {
        room.has("name", "");
        for (int number = 1; number <= 100; number++) {
            room.has("name." + number, "");
        }
        try (Sink sink = room.numbered("name")) {
            assertThatThrownBy(() -> sink.begin(Answers.ok())).hasMessageContaining("name.100: all names up to this");
        }
    }

    private static void commit(Sink sink, Reply reply) throws IOException {
        try (sink) {
            sink.begin(reply);
            sink.commit();
        }
    }
}
