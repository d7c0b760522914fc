package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the shells themselves offer for a line that has been begun, in a directory with a few files. */
class CompletionTest {
    private static final Map<String, String> OFFERS = offers();

    @TempDir
    Path directory;

    private static Map<String, String> offers() {
        var offers = new LinkedHashMap<String, String>();
        offers.put("relay ", "completion delete get head help patch post put serve");
        offers.put("relay co", "completion");
        offers.put("relay get --http", "--http1.1 --http2");
        offers.put("relay --fail", "--fail --fail-with-body");
        offers.put("relay get -L --max-r", "--max-redirs");
        offers.put("relay head -X P", "PATCH POST PUT");
        offers.put("relay get --request=D", "DELETE");
        offers.put("relay get --proto-redir +", "+http");
        offers.put("relay get -sSo fi", "file.txt");
        offers.put("relay get --output=fi", "file.txt");
        offers.put("relay get --tee f", "file.txt");
        offers.put("relay get --cacert ca", "ca.pem");
        offers.put("relay get --output-dir d", "directory");
        offers.put(
                "relay get --retr",
                "--retry --retry-all-errors --retry-connrefused --retry-delay --retry-max-time --retry-on");
        offers.put("relay get --pa", "--parallel --pass");
        offers.put("relay get --hold", "--hold --hold-limit");
        offers.put("relay get --ch", "--checksum");
        offers.put("relay get --se", "--segment-size");
        offers.put("relay get --want", "--want-digest");
        offers.put("relay get --no-v", "--no-verify-digest");
        offers.put("relay get --no-r", "--no-resume");
        offers.put("relay get --com", "--compressed");
        offers.put("relay get --ev", "--events");
        offers.put("relay get --cont", "--continue");
        offers.put("relay get -C -o fi", "file.txt");
        offers.put("relay completion ", "bash fish zsh");
        offers.put("relay help h", "head");
        // Nothing silly: no files where a URL, a header or a number belongs, no options after their end.
        offers.put("relay get ", "");
        offers.put("relay get f", "");
        offers.put("relay get -H ", "");
        offers.put("relay get --max-time ", "");
        offers.put("relay get --checksum ", "");
        offers.put("relay get --parallel ", "");
        offers.put("relay get -- --ht", "");
        return offers;
    }

    @BeforeEach
    void makeFiles() throws Exception {
        Files.createFile(directory.resolve("file.txt"));
        Files.createFile(directory.resolve("ca.pem"));
        Files.createFile(directory.resolve("data"));
        Files.createDirectory(directory.resolve("directory"));
    }

    @ParameterizedTest
    @EnumSource
    void theShellOffersWhatFits(CompletingShell shell, @TempDir Path home) throws Exception {
        shell.require();

        List<String> offered = shell.offers(directory, home, List.copyOf(OFFERS.keySet()));

        var seen = new LinkedHashMap<String, String>();
        int next = 0;
        for (String line : OFFERS.keySet()) {
            seen.put(line, offered.get(next++));
        }
        assertThat(seen).isEqualTo(OFFERS);
    }
}
