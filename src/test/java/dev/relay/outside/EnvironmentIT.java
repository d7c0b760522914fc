package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Surroundings that are odd: what they say is used where it makes sense, passed over where not, and told where it is wrong. */
class EnvironmentIT {
    @TempDir
    Path directory;

    private ScriptedUpstream upstream = ScriptedUpstream.sending("hello");

    @BeforeEach
    void start() throws Exception {
        upstream.url();
        Files.createDirectories(directory.resolve("a home/.config/relay"));
        Files.writeString(directory.resolve("a home/.config/relay/config"), "header = \"X-Read: yes\"\n");
    }

    @AfterEach
    void stop() throws Exception {
        upstream.close();
    }

    /** Gets what the server has, after {@code env} with these words. */
    private Run get(String env, String... options) throws Exception {
        return Launcher.built()
                .in(directory)
                .shell("env " + env.replace("HERE", directory.toString()) + " relay get " + String.join(" ", options)
                        + " " + upstream.url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u HOME -u XDG_CONFIG_HOME",
                "-u XDG_CONFIG_HOME HOME=",
                "-u XDG_CONFIG_HOME HOME=relative",
                "-u XDG_CONFIG_HOME HOME=/nonexistent",
                "XDG_CONFIG_HOME=HERE",
                "-i PATH=\"$PATH\"",
                "-i PATH=\"$PATH\" LC_ALL=C",
                "-i PATH=\"$PATH\" LANG=xx_YY.UTF-8 TERM=nonsense",
                "TMPDIR=/nonexistent"
            })
    void whatIsMissingOrWithoutMeaningIsDoneWithout(String env) throws Exception {
        assertThat(get(env, "--netrc", "--hold").mustSucceed().stdout()).isEqualTo("hello");
        assertThat(upstream.request(0).header("X-Read")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u XDG_CONFIG_HOME HOME='HERE/a home'",
                "XDG_CONFIG_HOME= HOME='HERE/a home'",
                "XDG_CONFIG_HOME=relative HOME='HERE/a home'",
                "HOME=/nonexistent XDG_CONFIG_HOME='HERE/a home/.config'"
            })
    void theConfigurationIsFoundBelowAHomeWithABlankInIt(String env) throws Exception {
        assertThat(get(env).mustSucceed().stdout()).isEqualTo("hello");
        assertThat(upstream.request(0).header("X-Read")).isEqualTo("yes");
    }

    @Test
    void aHomeThatCannotBeWrittenToIsAsGoodAsAnother() throws Exception {
        Path home = directory.resolve("a home");
        assertThat(home.toFile().setWritable(false)).isTrue();
        try {
            // Root without its capabilities is held to the permissions of files, as everybody is.
            String bound =
                    Files.isWritable(home) ? Programs.require("setpriv") + " --bounding-set=-all --inh-caps=-all" : "";
            Launcher.built()
                    .in(directory)
                    .shell("! " + bound + " touch 'a home/new' 2>/dev/null")
                    .mustSucceed();
            get("-u XDG_CONFIG_HOME HOME='HERE/a home' " + bound, "-o", "file").mustSucceed();
            assertThat(directory.resolve("file")).hasContent("hello");
            assertThat(upstream.request(0).header("X-Read")).isEqualTo("yes");
        } finally {
            assertThat(home.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void aDirectoryInPlaceOfTheConfigurationIsTold() throws Exception {
        Files.createDirectories(directory.resolve("relay/config"));

        var run = get("XDG_CONFIG_HOME=HERE").mustFailWith(26);

        assertThat(run.errorLines())
                .containsExactly("relay: cannot read the input: " + directory
                        + "/relay/config: it is a directory (--no-config leaves the file out)");
        assertThat(get("XDG_CONFIG_HOME=HERE", "--no-config").mustSucceed().stdout())
                .isEqualTo("hello");
    }

    @Test
    void aDirectoryInPlaceOfANetrcFileIsTold() throws Exception {
        Files.createDirectories(directory.resolve(".netrc"));

        assertThat(get("HOME=HERE", "--netrc").mustFailWith(26).errorLines())
                .containsExactly("relay: cannot read the input: " + directory + "/.netrc: it is a directory");
    }

    @Test
    void inTheLocaleCNamesOfFilesAreThoseThatWereTyped() throws Exception {
        get("-i PATH=\"$PATH\" LC_ALL=C", "-o", "grüße").mustSucceed();

        assertThat(directory.resolve("grüße")).hasContent("hello");
    }
}
