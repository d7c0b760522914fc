package dev.relay.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinksCheckTest {
    private static final Delivery.FileRules USUAL = new Delivery.FileRules(false, false);
    private static final Delivery.FileRules CREATING = new Delivery.FileRules(true, false);
    private static final Delivery.FileRules KEEPING = new Delivery.FileRules(false, true);

    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void furnish() throws IOException {
        room = new Room(directory);
        room.has("file", "old");
        room.has("other.part", "mine");
        Files.createDirectory(room.path("dir"));
        Files.createSymbolicLink(room.path("round"), Path.of("round"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "new", "dir/new", "/dev/null", "/dev/stdout", "file.part"})
    void whatCanBeWrittenPasses(String name) throws IOException {
        check(new Delivery.Named(Path.of(name), USUAL));
        assertThat(room.names()).containsExactly("dir", "file", "other.part", "round");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dir|it is a directory",
                "dir/|it is a directory",
                "missing/new|there is no such directory (--create-dirs makes it)",
                "file/new|/file is not a directory",
                "other|other.part is in the way and was not made by relay",
                "round|too many levels of symbolic links",
            })
    void whatCannotBeWrittenIsToldBeforeAnythingIsSent(String name, String why) {
        assertThatThrownBy(() -> check(new Delivery.Named(Path.of(name), USUAL)))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(ExitCode.OUTPUT_FAILED))
                .hasMessageContaining(why);
    }

    @Test
    void missingDirectoriesMayBeMadeLater() throws IOException {
        check(new Delivery.Named(Path.of("a/b/c/new"), CREATING));
        assertThat(room.path("a")).doesNotExist();
        assertThatThrownBy(() -> check(new Delivery.Named(Path.of("file/b/new"), CREATING)))
                .hasMessageContaining("/file is not a directory");
    }

    @Test
    void aTakenNameIsToldWhenItIsKnownAndFinal() throws IOException {
        assertThatThrownBy(() -> check(new Delivery.Remote(Path.of(""), "file", false, USUAL)))
                .hasMessageContaining("file: it already exists");
        check(new Delivery.Remote(Path.of(""), "file", true, USUAL));
        check(new Delivery.Remote(Path.of(""), "file", false, KEEPING));
        check(new Delivery.Remote(Path.of("dir"), "file", false, USUAL));
        check(new Delivery.Named(Path.of("file"), KEEPING));
        assertThatThrownBy(() -> check(new Delivery.Remote(Path.of("missing"), "x", false, USUAL)))
                .hasMessageContaining("missing: there is no such directory");
    }

    @Test
    void standardOutputAlwaysPasses() throws IOException {
        check(new Delivery.Stdout(false));
    }

    private void check(Delivery.Destination destination) throws IOException {
        Sinks.check(destination, room.surroundings());
    }
}
