package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private static String output(String... command) throws Exception {
        Programs.require(command[0]);
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
