package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual and the completion scripts in the tree are those that the options make. */
class DocumentsTest {
    static Stream<String> documents() {
        return Documents.all().keySet().stream();
    }

    static Stream<String> pages() {
        return documents().filter(document -> document.startsWith("man/"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theDocumentInTheTreeIsUpToDate(String document) {
        assertThat(Path.of(document))
                .as(document + " differs from the options: run `make docs`")
                .hasContent(Documents.all().get(document));
    }

    @Test
    void theyAreWrittenBelowTheDirectoryThatIsNamed(@TempDir Path directory) throws Exception {
        Documents.main(new String[] {directory.toString()});

        assertThat(directory.resolve("man/relay.1")).isNotEmptyFile();
        assertThat(directory.resolve("completions/_relay")).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void mandocFindsNothingToSayAboutAPage(String page) throws Exception {
        assertThat(output("mandoc", "-T", "lint", page)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void manRendersAPageWithoutAWarning(String page) throws Exception {
        assertThat(output(
                        "sh",
                        "-c",
                        "command -v man >/dev/null && man --warnings -l -Tutf8 " + page + " 2>&1 >/dev/null"))
                .isEmpty();
    }

    @Test
    void shellcheckFindsNothingToSayAboutTheBashScript() throws Exception {
        assertThat(output("shellcheck", "completions/relay.bash")).isEmpty();
    }

    @Test
    void theManualNamesEveryVariableThatIsRead() throws Exception {
        String manual = Files.readString(Path.of("man/relay.1"));
        String environment = manual.substring(manual.indexOf(".SH ENVIRONMENT"), manual.indexOf(".SH FILES"));
        var name = Pattern.compile("\"([A-Z][A-Z_]{2,}|[a-z]+_proxy)\"|\\$\\{([A-Z][A-Z_]+)");
        var read = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src"))) {
            for (Path source :
                    sources.filter(DocumentsTest::looksAtTheEnvironment).toList()) {
                name.matcher(Files.readString(source))
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .forEach(read::add);
            }
        }
        // Methods, labels and the like.
        read.removeAll(List.of(
                "CONNECT", "DIR", "FILE", "GET", "HEAD", "HEADER", "HTTPS", "LIST", "OPTIONS", "PKIX", "TOKEN"));
        read.removeAll(List.of("ARGUMENT", "COMMAND", "OPTION", "TRACE", "URL"));

        assertThat(read)
                .contains("HOME", "NO_COLOR", "RELAY_JAVA_OPTS", "https_proxy")
                .allSatisfy(variable -> assertThat(environment).contains(variable));
    }

    private static boolean looksAtTheEnvironment(Path source) {
        try {
            return source.toString().matches(".*/dist/(launcher|find-java)\\.sh")
                    || (source.toString().matches(".*src/main/.*\\.java")
                            && Files.readString(source)
                                    .matches("(?s).*[eE]nvironment(\\(\\))?\\.get.*|.*environment\\)? *[{,].*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(String... command) throws Exception {
        Programs.require(command[0]);
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
