package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds its image from wherever it is called, and passes on what it is given. */
class LauncherIT {
    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    @Test
    void worksThroughLinksAndFromDirectoriesWithSpaces() throws Exception {
        Path spaced = Files.createDirectory(directory.resolve("with a space"));
        Path image = launcher.program().resolve("../..").normalize();
        Files.createSymbolicLink(spaced.resolve("image"), image);
        Files.createSymbolicLink(spaced.resolve("first"), Path.of("image/bin/relay"));
        Files.createSymbolicLink(directory.resolve("second"), Path.of("with a space/first"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String get = " get " + upstream.url();
            for (String command : new String[] {
                "./second", "'" + directory + "/second'", "'with a space/first'", "'with a space/image/bin/relay'"
            }) {
                var run = launcher.in(directory).shell(command + get).mustSucceed();
                assertThat(run.stdout()).isEqualTo("hello");
            }
            var run = launcher.in(spaced)
                    .shell("PATH=\"$PWD:$PATH\"; first" + get)
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello");
        } finally {
            // JUnit warns of links that lead out of the directory which it removes.
            Files.delete(spaced.resolve("image"));
            Files.delete(spaced.resolve("first"));
        }
    }

    @Test
    void filesAreFoundFromTheDirectoryItIsCalledIn() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            launcher.in(directory).run("get", "-o", "file", upstream.url()).mustSucceed();
            assertThat(directory.resolve("file")).hasContent("hello");
        }
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            launcher.run(
                            "get",
                            "-H",
                            "X-Odd:  a  b * $HOME 'q' \"d\" \\",
                            "-o",
                            directory + "/ünï \u00a0.txt",
                            upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(0).header("X-Odd")).isEqualTo("a  b * $HOME 'q' \"d\" \\");
            assertThat(directory.resolve("ünï \u00a0.txt")).exists();
        }
    }

    @Test
    void nothingButTheBodyIsOnStandardOutput() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            launcher.run("get", upstream.url()).mustEndSilentlyWith(0);
            var run = launcher.shell("JAVA_TOOL_OPTIONS=-Dx=y _JAVA_OPTIONS=-Dx=y relay get '" + upstream.url() + "'");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(run.stderr()).isEmpty();
        }
    }

    @Test
    void startsWithoutAHomeWithOneThatCannotBeWrittenAndWithOneOfTwoWords() throws Exception {
        Path readOnly = Files.createDirectory(directory.resolve("read only"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            for (String home : new String[] {"-u HOME", "HOME=", "HOME=/nonexistent", "HOME='" + readOnly + "'"}) {
                var run = launcher.shell("env -u XDG_CONFIG_HOME " + home + " relay get '" + upstream.url() + "'");
                assertThat(run.mustSucceed().stdout()).as(home).isEqualTo("hello");
                assertThat(run.stderr()).as(home).isEmpty();
            }
        }
    }

    @Test
    void theVersionNamesTheCommitThatWasBuilt() throws Exception {
        assertThat(launcher.run("--version").mustSucceed().stdout())
                .matches("relay [0-9.]+ \\(commit ([0-9a-f]{12}(-changed)?|none), JDK 25[^,]*, java.net.http.*\\)\n");
    }

    @Test
    void theExitCodeIsThatOfTheRun() throws Exception {
        launcher.run("get", "ftp://127.0.0.1/").mustFailWith(1);
        launcher.run("get", "--no-such-option").mustFailWith(2);
        launcher.run("get", "http://nosuch.invalid/").mustFailWith(6);
    }

    @Test
    void worksWhereTheDirectoriesAboveMayNotBeSearched() throws Exception {
        String nobody = Programs.require("setpriv") + " --reuid=65534 --regid=65534 --clear-groups ";
        boolean possible =
                launcher.shell(nobody + "test -x '" + launcher.program() + "'").exit() == 0;
        Assumptions.assumeTrue(possible, "needs root, and an image that everyone may read");
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Path inner = Files.createDirectory(closed.resolve("inner"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = launcher.in(inner).shell(nobody + "relay get '" + upstream.url() + "'");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aDirectoryThatWasRemovedIsTwoAndOneLine() throws Exception {
        var run = launcher.in(directory).shell("mkdir gone && cd gone && rmdir ../gone && relay get http://127.0.0.1/");
        assertThat(run.mustFailWith(2).errorLines().getFirst()).contains("working directory");
        // The shell that starts the launcher may have a line of its own; a Java runtime would have many.
        assertThat(run.stderr()).doesNotContainIgnoringCase("java").doesNotContain("VM");
    }
}
