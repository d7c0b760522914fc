package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that a server gives is a name in the directory and nothing else, and never that of a file that is there. */
class RemoteNameTest {
    @TempDir
    Path outer;

    private Path directory = Path.of("");

    @BeforeEach
    void oneDirectoryDeeper() throws IOException {
        directory = Files.createDirectory(outer.resolve("inner"));
    }

    private static List<String> namesIn(Path where) throws IOException {
        try (var files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Answer disposed(String disposition) {
        return Answer.ok("hello").line("Content-Disposition: " + disposition);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/name.txt?x=/y, name.txt",
        "/a/caf%C3%A9.txt, café.txt",
        "/a/%2e%2e%2fescape, escape",
        "/a/..%5cescape, escape",
        "/.hidden, hidden",
        "/a%0ab, ab",
        "/-rf, _rf",
    })
    void theNameInTheUrlIsMadeSafe(String target, String name) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-O", upstream.url(target))
                    .mustSucceed();
            assertThat(namesIn(directory)).containsExactly(name);
            assertThat(Files.readString(directory.resolve(name))).isEqualTo("hello");
            assertThat(namesIn(outer)).containsExactly("inner");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=plain.txt | plain.txt",
                "attachment; filename=\"with space.txt\" | with space.txt",
                "attachment; filename=\"quo\\\"ted.txt\" | quo\"ted.txt",
                "attachment; filename=\"../../etc/passwd\" | passwd",
                "attachment; filename=\"/etc/passwd\" | passwd",
                "attachment; filename=\"..\\\\..\\\\boot.ini\" | boot.ini",
                "attachment; filename=\".bashrc\" | bashrc",
                "attachment; filename=\"...\" | url-name",
                "attachment; filename=\"\" | url-name",
                "attachment; filename=\"dir/\" | url-name",
                "attachment; filename=\"-rf\" | _rf",
                "attachment; filename=a.txt; filename*=UTF-8''%e2%82%ac.txt | €.txt",
                "attachment; filename*=UTF-8''%2e%2e%2f%2e%2e%2fescape | escape",
                "attachment; filename*=UTF-8''..%5c..%5cescape | escape",
                "attachment; filename*=UTF-8''a%00b%0d%0a.txt | ab.txt",
                "attachment | url-name",
                "inline; filename=inline.txt | inline.txt",
            })
    void theNameInTheHeaderIsMadeSafe(String disposition, String name) throws Exception {
        try (var upstream = ScriptedUpstream.answering(disposed(disposition))) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-J", upstream.url("/url-name"))
                    .mustSucceed();
            assertThat(namesIn(directory)).containsExactly(name);
            assertThat(namesIn(outer)).containsExactly("inner");
        }
    }

    @Test
    void aLongNameIsCutAndKeepsItsExtension() throws Exception {
        try (var upstream = ScriptedUpstream.answering(disposed("attachment; filename=" + "n".repeat(5000) + ".tar"))) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-J", upstream.url("/x"))
                    .mustSucceed();
            String name = namesIn(directory).getFirst();
            assertThat(name).startsWith("nnn").endsWith(".tar");
            assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O", "-J"})
    void anExistingFileIsNeverReplaced(String option) throws Exception {
        Files.writeString(directory.resolve("name"), "old");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", option, upstream.url("/name"))
                    .mustFailWith(23);
            assertThat(Files.readString(directory.resolve("name"))).isEqualTo("old");
            Relay.in(directory)
                    .with("get", "--retry", "0", option, "--no-clobber", upstream.url("/name"))
                    .mustSucceed();
            assertThat(namesIn(directory)).containsExactly("name", "name.1");
        }
    }

    @Test
    void aLinkUnderTheNameIsNotFollowed() throws Exception {
        Path secret = Files.writeString(outer.resolve("secret"), "old");
        Files.createSymbolicLink(directory.resolve("name"), secret);
        Files.createSymbolicLink(directory.resolve("dangling"), outer.resolve("made"));
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-O", upstream.url("/name"))
                    .mustFailWith(23);
            Relay.in(directory)
                    .with("get", "--retry", "0", "-J", upstream.url("/dangling"))
                    .mustFailWith(23);
            assertThat(Files.readString(secret)).isEqualTo("old");
            assertThat(namesIn(outer)).containsExactly("inner", "secret");
        }
    }

    @Test
    void aUrlWithoutANameIsSaidAtOnce() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = Relay.in(directory).with("get", "--retry", "0", "-O", upstream.url("/"));
            assertThat(run.exit()).isNotZero();
            assertThat(namesIn(directory)).isEmpty();
        }
    }

    @Test
    void theNameIsThatOfTheUrlAskedForNotOfWhereItLed() throws Exception {
        try (var upstream =
                ScriptedUpstream.answering(Answer.redirect(302, "/.ssh/authorized_keys"), Answer.ok("hello"))) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-O", upstream.url("/asked.txt"))
                    .mustSucceed();
            assertThat(namesIn(directory)).containsExactly("asked.txt");
        }
    }

    @Test
    void outputDirIsWhereItGoes() throws Exception {
        try (var upstream = ScriptedUpstream.answering(disposed("attachment; filename=a/b.txt"))) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-J", "--output-dir", "x/y", "--create-dirs", upstream.url("/z"))
                    .mustSucceed();
            assertThat(directory.resolve("x/y/b.txt")).hasContent("hello");
        }
    }

    @Test
    void aCutBodyLeavesNoFileUnderTheName() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            Relay.in(directory)
                    .with("get", "--retry", "0", "-O", upstream.url("/name"))
                    .mustFailWith(18);
            assertThat(namesIn(directory)).doesNotContain("name");
        }
    }
}
