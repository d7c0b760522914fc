package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    private static final String STRONG = "ETag: \"v1\"";

    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void enter() {
        room = new Room(directory);
    }

    @Test
    void aPartThatCanBeContinuedIsKept() throws Exception {
        Sink sink = room.named("file");
        try (sink) {
            sink.begin(Answers.ok(STRONG, "Content-Length: 11"));
            sink.write(bytes("hello "));
        }
        assertThat(room.content("file.part")).isEqualTo("hello ");
        assertThat(room.content("file.part.meta"))
                .startsWith("relay-part: 1\n")
                .contains("url: https://example.com/a/name.txt\n", "etag: \"v1\"\n", "content-length: 11\n")
                .doesNotContain("secret");
        assertThat(sink.kept()).isEqualTo(Path.of("file.part"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ETag: W/\"v1\"",
                "ETag: \"v1\"|Content-Encoding: gzip",
                "ETag: \"v1\"|Content-Encoding: identity|Content-Encoding: gzip",
                "Last-Modified: Thu, 20 Nov 2025 16:00:00 GMT"
            })
    void aPartThatCannotIsRemoved(String fields) throws Exception {
        Sink sink = room.named("file");
        try (sink) {
            sink.begin(Answers.ok(fields.isEmpty() ? new String[0] : fields.split("\\|", -1)));
            sink.write(bytes("hello "));
        }
        assertThat(room.names()).isEmpty();
        assertThat(sink.kept()).isNull();
    }

    @Test
    void anEmptyPartIsRemoved() throws Exception {
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok(STRONG));
        }
        assertThat(room.names()).isEmpty();
    }

    @Test
    void aPartOfARangeThatBeginsElsewhereIsRemoved() throws Exception {
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.of(206, STRONG, "Content-Range: bytes 5-9/10"));
            sink.write(bytes("x"));
        }
        assertThat(room.names()).isEmpty();
    }

    @Test
    void aPartThatRelayLeftIsReplaced() throws Exception {
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok(STRONG));
            sink.write(bytes("a long beginning"));
        }
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok(STRONG));
            sink.write(bytes("new"));
            sink.commit();
        }
        assertThat(room.names()).containsExactly("file");
        assertThat(room.content("file")).isEqualTo("new");
    }

    @Test
    void aPartThatRelayDidNotMakeIsNeverLost() throws Exception {
        room.has("file.part", "precious");
        refuses("file", "was not made by relay");
        assertThat(room.names()).containsExactly("file.part");
        assertThat(room.content("file.part")).isEqualTo("precious");

        // Beside what a killed relay left it is still the user's.
        room.has("file.part.meta", "relay-part: 1\ninode: 1\n");
        refuses("file", "was not made by relay");
        assertThat(room.content("file.part")).isEqualTo("precious");
        room.has("file.part.meta", "");
        refuses("file", "was not made by relay");
        assertThat(room.content("file.part")).isEqualTo("precious");
    }

    @Test
    void whatStandsWhereTheMetaFileGoesIsNeverLost() throws Exception {
        room.has("file.part.meta", "my notes");
        refuses("file", "was not made by relay");
        assertThat(room.content("file.part.meta")).isEqualTo("my notes");

        Files.delete(room.path("file.part.meta"));
        room.has("elsewhere", "");
        Files.createSymbolicLink(room.path("file.part.meta"), Path.of("elsewhere"));
        refuses("file", "in the way");
        assertThat(room.content("elsewhere")).isEmpty();
    }

    @Test
    void theMetaFileOfAKilledRelayIsNoHindrance() throws Exception {
        room.has("file.part.meta", "relay-part: 1\ninode: 1\n");
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            sink.commit();
        }
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void twoRelaysDoNotWriteTheSamePart() throws Exception {
        try (Sink first = room.named("file")) {
            first.begin(Answers.ok());
            first.write(bytes("first"));
            refuses("file", "another relay is writing to it");
            first.commit();
        }
        assertThat(room.content("file")).isEqualTo("first");
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void anInterruptedWriteLeavesNothingBehindThatCannotBeContinued() throws Exception {
        interruptedAfter("hello", Answers.ok());
        assertThat(room.names()).isEmpty();
    }

    @Test
    void anInterruptedWriteKeepsWhatCanBeContinued() throws Exception {
        interruptedAfter("hello", Answers.ok(STRONG));
        assertThat(room.content("file.part")).isEqualTo("hello");
        commit("file");
        assertThat(room.names()).containsExactly("file");
    }

    private void interruptedAfter(String text, Reply reply) throws IOException {
        try (Sink sink = room.named("file")) {
            sink.begin(reply);
            sink.write(bytes(text));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> sink.write(bytes("more"))).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void commit(String name) throws IOException {
        try (Sink sink = room.named(name)) {
            sink.begin(Answers.ok());
            sink.write(bytes("new"));
            sink.commit();
        }
    }

    private void refuses(String name, String why) throws IOException {
        try (Sink sink = room.named(name)) {
            assertThatThrownBy(() -> sink.begin(Answers.ok()))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo(ExitCode.OUTPUT_FAILED))
                    .hasMessageContaining(why);
        }
    }

    @Test
    void aFileSystemWithoutLinksGetsARenameOntoAReservedName() throws Exception {
        PartFile part = new PartClaim(room.path("file")).begin(Answers.ok());
        part.write(bytes("new"));
        room.has("taken", "mine");
        assertThat(part.movedToReserved(room.path("taken"))).isFalse();
        assertThat(part.movedToReserved(room.path("file"))).isTrue();
        part.discard();
        assertThat(room.content("taken")).isEqualTo("mine");
        assertThat(room.content("file")).isEqualTo("new");
        assertThat(room.names()).containsExactly("file", "taken");
    }

    @Test
    void itsDescriptionIsForItsOwnerAlone() throws Exception {
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            assertThat(Files.getPosixFilePermissions(room.path("file.part.meta")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
