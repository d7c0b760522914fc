package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Programs;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file appears under its name when it is whole, and not before; until then what was there stays. */
class OutputFileTest {
    @TempDir
    Path directory;

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String content(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void theBodyIsInTheFileAndNothingOnStandardOutput() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            var run = Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "file", upstream.url())
                    .mustSucceed();
            assertThat(run.stdoutBytes()).isEmpty();
            assertThat(content("file")).isEqualTo("hello world");
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void anEmptyBodyIsAnEmptyFile() throws Exception {
        try (var upstream = ScriptedUpstream.sending("")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "file", upstream.url())
                    .mustSucceed();
            assertThat(directory.resolve("file")).isEmptyFile();
        }
    }

    @Test
    void theOldFileStaysUntilTheNewOneIsWhole() throws Exception {
        Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5);
                var running = Relay.in(directory).starting("get", "--retry", "0", "-o", "file", upstream.url())) {
            upstream.awaitStall();
            assertThat(content("file")).isEqualTo("old");
            upstream.release();
            running.end().mustSucceed();
            assertThat(content("file")).isEqualTo("hello world");
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void aCutBodyIsNotMovedIntoPlace() throws Exception {
        Files.writeString(directory.resolve("file"), "old");
        for (var answer : new Answer[] {
            Answer.ok("hello world").cutAfter(5),
            Answer.ok("hello world").resetAfter(5),
            Answer.ok("hello world").chunked().cutAfter(5),
        }) {
            try (var upstream = ScriptedUpstream.answering(answer)) {
                Relay.in(directory)
                        .with("get", "--retry", "0", "-o", "file", upstream.url())
                        .mustFailWithOneOf(18, 56);
                assertThat(content("file")).isEqualTo("old");
            }
        }
    }

    @Test
    void aPartThatCannotBeContinuedIsNotLeft() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "file", upstream.url())
                    .mustFailWith(18);
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void aPartThatCanBeContinuedIsLeftAndIsATruePrefix() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")
                .withEtag("\"v1\"")
                .cuttingAfter(5)
                .everyTime()) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "file", upstream.url())
                    .mustFailWith(18);
            assertThat(names()).contains("file.part").doesNotContain("file");
            assertThat(content("file.part")).isEqualTo("hello");
        }
    }

    @Test
    void aPartThatBeginsWithAHeadIsNotLeft() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")
                .withEtag("\"v1\"")
                .cuttingAfter(5)
                .everyTime()) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-i", "-o", "file", upstream.url())
                    .mustFailWith(18);
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void anErrorPageIsNeverInTheFile() throws Exception {
        Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("an error page"))) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "file", upstream.url())
                    .mustFailWith(22);
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "other", upstream.url())
                    .mustFailWith(22);
            assertThat(content("file")).isEqualTo("old");
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void aMissingDirectoryIsTwentyThreeBeforeAnythingIsSent() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "a/b/file", upstream.url())
                    .mustFailWith(23);
            assertThat(upstream.connections()).isZero();
            Relay.in(directory)
                    .with("get", "--retry", "0", "--create-dirs", "-o", "a/b/file", upstream.url())
                    .mustSucceed();
            assertThat(content("a/b/file")).isEqualTo("hello");
        }
    }

    @Test
    void aDirectoryIsNoFile() throws Exception {
        Files.createDirectory(directory.resolve("d"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "d", upstream.url())
                    .mustFailWith(23);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void aLinkStaysALinkAndWhatItLeadsToIsReplaced() throws Exception {
        Files.writeString(directory.resolve("real"), "old");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "link", upstream.url())
                    .mustSucceed();
            assertThat(directory.resolve("link")).isSymbolicLink();
            assertThat(content("real")).isEqualTo("hello");
        }
    }

    @Test
    void aReplacedFileKeepsItsMode() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "file", upstream.url())
                    .mustSucceed();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void noClobberKeepsWhatIsThereAndNumbersTheNew() throws Exception {
        Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "--no-clobber", "-o", "file", upstream.url())
                    .mustSucceed();
            Relay.in(directory)
                    .with("get", "--retry", "0", "--no-clobber", "-o", "file", upstream.url())
                    .mustSucceed();
            assertThat(names()).containsExactly("file", "file.1", "file.2");
            assertThat(content("file")).isEqualTo("old");
            assertThat(content("file.2")).isEqualTo("hello");
        }
    }

    @Test
    void somebodyElsesPartIsNotTouched() throws Exception {
        Files.writeString(directory.resolve("file.part"), "not relay's");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory).with("get", "--retry", "0", "-o", "file", upstream.url());
            assertThat(content("file.part")).isEqualTo("not relay's");
        }
    }

    @Test
    void oneFileForTwoOutputsIsAMisuse() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            for (String[] two : new String[][] {
                {"-o", "x", "--tee", "x"},
                {"-o", "x", "--tee", "./x"},
                {"-o", "x", "-D", "x"},
                {"-o", "x", "-O"},
                {"-o", "x", "-o", "y"},
            }) {
                var argv = new ArrayList<>(List.of(two));
                argv.addAll(0, List.of("get", upstream.url()));
                Relay.in(directory).with(argv.toArray(String[]::new)).mustFailWith(2);
            }
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void teeWritesThereToo() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            var run = Relay.in(directory)
                    .with("get", "--retry", "0", "--tee", "a", "--tee", "b", upstream.url())
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello world");
            assertThat(content("a")).isEqualTo("hello world");
            assertThat(content("b")).isEqualTo("hello world");
        }
    }

    @Test
    void teeKeepsTheSamePromises() throws Exception {
        Files.writeString(directory.resolve("a"), "old");
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            var run = Relay.in(directory)
                    .with("get", "--retry", "0", "--tee", "a", upstream.url())
                    .mustFailWith(18);
            assertThat(run.stdout()).isEqualTo("hello");
            assertThat(content("a")).isEqualTo("old");
        }
    }

    @Test
    void aReaderWhoLeavesDoesNotMakeACutFileWhole() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(1, 8 << 20));
                var reader = new LeavingReader(5)) {
            var relay = Relay.writingTo(reader);
            Path tee = directory.resolve("a");
            relay.with("get", "--retry", "0", "--tee", tee.toString(), upstream.url())
                    .mustEndSilentlyWith(141);
            assertThat(tee).doesNotExist();
        }
    }

    @Test
    void headsGoBeforeTheBodyOrToAFileOfTheirOwn() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                Answer.redirect(302, "/end"), Answer.ok("hello").line("X-One: 1"))) {
            var run = Relay.run("get", "--retry", "0", "-i", upstream.url()).mustSucceed();
            assertThat(run.stdout()).startsWith("HTTP/1.1 302 Found\r\n").endsWith("\r\n\r\nhello");
            assertThat(run.stdout()).contains("HTTP/1.1 200 OK\r\n");
        }
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = Relay.in(directory)
                    .with("get", "--retry", "0", "-D", "heads", upstream.url())
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello");
            assertThat(content("heads")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
            assertThat(Relay.run("get", "--retry", "0", "-D", "-", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void aFifoIsWrittenStraightThroughAndStaysAFifo() throws Exception {
        Path fifo = made("mkfifo", "fifo");
        var reader = new FutureTask<>(() -> read(fifo));
        Thread.ofPlatform().daemon().start(reader);
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "fifo", upstream.url())
                    .mustSucceed();
        }
        assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(isSpecial(fifo)).isTrue();
        assertThat(names()).containsExactly("fifo");
    }

    @Test
    void aDeviceIsWrittenStraightThroughAndStaysADevice() throws Exception {
        // A node of our own, for a rename onto the one in /dev would break the machine.
        Path nothing = device("null", "3");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "null", upstream.url())
                    .mustSucceed();
            assertThat(isSpecial(nothing)).isTrue();
            assertThat(names()).containsExactly("null");
        }
    }

    @Test
    void aFullDeviceIsTwentyThree() throws Exception {
        Path full = device("full", "7");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-o", "full", upstream.url())
                    .mustFailWith(23);
            Relay.in(directory)
                    .with("get", "--retry", "0", "--tee", "full", upstream.url())
                    .mustFailWith(23);
            assertThat(isSpecial(full)).isTrue();
        }
    }

    private Path device(String name, String minor) throws Exception {
        Path node = directory.resolve(name);
        String program = Programs.require("mknod").toString();
        var process = new ProcessBuilder(program, node.toString(), "c", "1", minor)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        Assumptions.assumeTrue(process.waitFor() == 0, "needs the right to make a device");
        Assumptions.assumeTrue(opens(node), "needs a file system that allows devices");
        return node;
    }

    private static boolean opens(Path node) {
        try (var in = Files.newInputStream(node)) {
            return in.read() <= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path made(String program, String name) throws Exception {
        Path path = directory.resolve(name);
        var process = new ProcessBuilder(Programs.require(program).toString(), path.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return path;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isSpecial(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).isOther();
    }
}
