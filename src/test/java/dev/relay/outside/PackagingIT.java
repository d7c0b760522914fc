package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed, packed and taken away again: the built image in other places. */
class PackagingIT {
    private final Path image = Launcher.built().program().resolve("../..").normalize();

    @TempDir
    Path directory;

    @Test
    void whatIsInstalledWorksAndWhatIsUninstalledIsGone() throws Exception {
        Path prefix = Files.createDirectory(directory.resolve("a prefix"));
        String own = Files.writeString(
                        Files.createDirectories(prefix.resolve("bin")).resolve("other"), "")
                .toString();

        run("sh", "src/dist/install.sh", "install", image.toString(), prefix.toString());
        run("sh", "src/dist/install.sh", "install", image.toString(), prefix.toString());

        assertThat(prefix.resolve("share/man/man1/relay-get.1")).isNotEmptyFile();
        assertThat(prefix.resolve("share/bash-completion/completions/relay")).isNotEmptyFile();
        assertGets(prefix.resolve("bin/relay"));
        run("sh", "src/dist/install.sh", "uninstall", image.toString(), prefix.toString());
        try (Stream<Path> left = Files.walk(prefix)) {
            assertThat(left.map(Path::toString)).containsExactly(prefix.toString(), prefix + "/bin", own);
        }
    }

    @Test
    void makeInstallsBelowAStagingDirectory() throws Exception {
        Programs.require("make");
        Path stage = directory.resolve("a stage");
        // Only the steps of installing: what they install is built.
        String[] places = {"DESTDIR=" + stage, "PREFIX=/opt/my (new) tools"};

        run("make", "--no-print-directory", "install", places[0], places[1]);

        Path program = stage.resolve("opt/my (new) tools/bin/relay");
        if (image.equals(Path.of("target/relay").toAbsolutePath())) {
            assertGets(program);
        }
        run("make", "--no-print-directory", "uninstall", places[0], places[1]);
        assertThat(program).doesNotExist();
    }

    @Test
    void theDebianPackageIsCleanAndRunsWhereItIsUnpacked() throws Exception {
        Programs.require("dpkg-deb");
        Path target = target();
        run("sh", "src/dist/deb.sh", "0.0.9", target.toString(), "Test <test@relay.example>", "gzip");
        Path deb;
        try (Stream<Path> files = Files.list(target)) {
            deb = files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow();
        }
        Path root = directory.resolve("root");
        run("dpkg-deb", "-x", deb.toString(), root.toString());

        assertThat(root.resolve("usr/share/man/man1/relay.1.gz")).isNotEmptyFile();
        assertThat(root.resolve("usr/share/zsh/vendor-completions/_relay")).isNotEmptyFile();
        assertThat(root.resolve("usr/share/doc/relay/changelog.Debian.gz")).isNotEmptyFile();
        assertGets(root.resolve("usr/bin/relay"));
        Programs.require("lintian");
        assertThat(run("lintian", "--allow-root", "--fail-on", "error,warning", deb.toString()))
                .doesNotContain("E: relay", "W: relay");
    }

    @Test
    void theArchiveWithItsRuntimeRunsWhereverItIsMoved() throws Exception {
        Path target = target();
        run("sh", "src/dist/pack.sh", "0.0.9", target.toString());
        String system = run("uname", "-s").strip().toLowerCase(Locale.ROOT);
        String name = "relay-0.0.9-" + system + "-" + run("uname", "-m").strip();
        run("tar", "-xzf", target.resolve(name + ".tar.gz").toString(), "-C", directory.toString());

        Path moved = Files.move(directory.resolve(name), directory.resolve("it's moved $HOME"));

        assertGets(moved.resolve("bin/relay"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), moved.resolve("bin/relay"));
        assertGets(link);
    }

    @Test
    void theArchiveOfJarsFindsTheJavaThatItIsTold() throws Exception {
        Path target = target();
        run("sh", "src/dist/pack.sh", "0.0.9", target.toString());
        Path unpacked = Files.createDirectory(directory.resolve("un packed"));
        run("tar", "-xzf", target.resolve("relay-0.0.9-any.tar.gz").toString(), "-C", unpacked.toString());
        Path program = unpacked.resolve("relay-0.0.9-any/bin/relay");

        try (var upstream = ScriptedUpstream.sending("hello")) {
            var builder = new ProcessBuilder(program.toString(), "get", upstream.url());
            builder.environment().put("RELAY_JAVA_HOME", System.getProperty("java.home"));
            assertThat(output(builder)).isEqualTo("hello");
        }
    }

    @Test
    void shellcheckFindsNothingToSayAboutTheScripts() throws Exception {
        Programs.require("shellcheck");
        assertThat(run(
                        "sh",
                        "-c",
                        "shellcheck src/dist/[!f]*.sh src/dist/find-jdk.sh .ci/run '" + image
                                + "/bin/relay' && shellcheck" + " -s sh src/dist/find-java.sh"))
                .isEmpty();
    }

    /** A directory like the one that the build uses, with the image in it. */
    private Path target() throws Exception {
        Path target = Files.createDirectory(directory.resolve("target"));
        // Times are kept: the AOT cache remembers them.
        run("cp", "-Rp", image.toString(), target.resolve("relay").toString());
        return target;
    }

    private void assertGets(Path program) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            assertThat(run(program.toString(), "get", upstream.url())).isEqualTo("hello");
        }
        // The cache still holds where the image was moved to: classes come from it, not from the jar.
        var builder = new ProcessBuilder(program.toString(), "--version");
        builder.environment().put("RELAY_JAVA_OPTS", "-Xlog:class+load:stderr");
        assertThat(output(builder).lines().filter(line -> line.contains("dev.relay.App source:")))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    private static String run(String... command) throws Exception {
        return output(new ProcessBuilder(List.of(command)));
    }

    private static String output(ProcessBuilder builder) throws Exception {
        builder.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", builder.command()) + "\n" + output)
                .isZero();
        return output;
    }
}
