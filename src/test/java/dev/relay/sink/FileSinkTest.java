package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.relay.io.Sink;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void enter() {
        room = new Room(directory);
    }

    @Test
    void appearsUnderItsNameOnlyWhenItIsWhole() throws Exception {
        try (Sink sink = room.named("file")) {
            assertThat(room.names()).isEmpty();
            sink.begin(Answers.ok());
            sink.write(bytes("hello "));
            assertThat(room.names()).containsExactly("file.part", "file.part.meta");
            assertThat(room.content("file.part")).isEqualTo("hello ");
            sink.write(bytes("world"));
            sink.commit();
            assertThat(sink.file()).isEqualTo(Path.of("file"));
        }
        assertThat(room.names()).containsExactly("file");
        assertThat(room.content("file")).isEqualTo("hello world");
        assertThat(room.notes).isEmpty();
    }

    @Test
    void anOldFileIsUntouchedUntilThen() throws Exception {
        room.has("file", "old");
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            sink.write(bytes("new"));
            sink.sync();
            assertThat(room.content("file")).isEqualTo("old");
        }
        assertThat(room.content("file")).isEqualTo("old");
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void aNewFileHasThePermissionsThatTheUserWants() throws Exception {
        Files.createFile(room.path("usual"));
        commit("file");
        assertThat(permissions("file")).isEqualTo(permissions("usual"));
    }

    @Test
    void theOldFilesPermissionsStay() throws Exception {
        room.has("file", "old");
        Files.setPosixFilePermissions(room.path("file"), PosixFilePermissions.fromString("rw-rw-rw-"));
        commit("file");
        assertThat(permissions("file")).isEqualTo("rw-rw-rw-");
    }

    @Test
    void aPrivateFileIsPrivateWhileItComes() throws Exception {
        room.has("file", "old");
        Files.setPosixFilePermissions(room.path("file"), PosixFilePermissions.fromString("rw-------"));
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            assertThat(permissions("file.part")).isEqualTo("rw-------");
            sink.commit();
        }
        assertThat(permissions("file")).isEqualTo("rw-------");
    }

    @Test
    void theOldFilesOwnerAndGroupStay() throws Exception {
        room.has("file", "old");
        Path file = room.path("file");
        assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root may give files away");
        Files.setAttribute(file, "unix:gid", 12345);
        Files.setAttribute(file, "unix:uid", 12345);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        commit("file");
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(12345);
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
        assertThat(permissions("file")).isEqualTo("rw-rw----");
    }

    @Test
    void aLinkStaysALink() throws Exception {
        Files.createDirectory(room.path("there"));
        room.has("there/file", "old");
        Files.createSymbolicLink(room.path("link"), Path.of("there/file"));
        commit("link");
        assertThat(room.path("link")).isSymbolicLink();
        assertThat(room.content("there/file")).isEqualTo("new");
        assertThat(room.names()).containsExactly("link", "there");
    }

    @Test
    void aLinkToNothingYetIsWrittenThrough() throws Exception {
        Files.createSymbolicLink(room.path("link"), Path.of("file"));
        commit("link");
        assertThat(room.path("link")).isSymbolicLink();
        assertThat(room.content("file")).isEqualTo("new");
    }

    @Test
    void whatBecameADirectoryMeanwhileIsNotReplaced() throws Exception {
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok());
            Files.createDirectory(room.path("file"));
            assertThatThrownBy(sink::commit).hasMessageContaining("no longer a file");
        }
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void missingDirectoriesAreMadeWhenAsked() throws Exception {
        refuses("a/b/file", "no such directory");
        var rules = new Delivery.FileRules(true, false);
        try (Sink sink = room.sink(new Delivery.Named(Path.of("a/b/file"), rules))) {
            sink.begin(Answers.ok());
            sink.commit();
        }
        assertThat(room.path("a/b/file")).exists();
    }

    @Test
    void aDirectoryIsNotWrittenTo() {
        assertThatThrownBy(() -> room.named("."))
                .isInstanceOf(FaultException.class)
                .hasMessage("cannot write the output: .: it is a directory");
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

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(room.path(name)));
    }
}
