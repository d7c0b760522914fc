package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written is refused before the server hears of it. */
class UnwritableTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o none/x",
                "-o sub",
                "-o sub/",
                "-o new/",
                "-o old/x",
                "-o old/x/y --create-dirs",
                "--tee none/x",
                "-D none/x",
                "--report none/x",
                "--report sub",
                "-O --output-dir none",
                "-O --output-dir old",
                "-O",
                "-J --output-dir none"
            })
    void aPlaceThatCannotBeWrittenIsTwentyThreeBeforeAnythingIsSent(String options) throws Exception {
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("old"), "old");
        Files.writeString(directory.resolve("file.txt"), "old");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var argv = new ArrayList<String>(List.of("get"));
            argv.addAll(List.of(options.split(" ", -1)));
            argv.add(upstream.url("/file.txt"));

            Relay.in(directory).with(argv.toArray(String[]::new)).mustFailWith(23);

            assertThat(upstream.requests()).isEmpty();
            assertThat(directory.resolve("file.txt")).hasContent("old");
        }
    }
}
