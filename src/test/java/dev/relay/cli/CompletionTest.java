package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        offers.put("relay ", commands(""));
        offers.put("relay co", commands("co"));
        for (String begun : List.of(
                "--http", "--max-r", "--pa", "--retr", "--hold", "--ch", "--se", "--want", "--no-", "--com",
                "--cont")) {
            offers.put("relay get " + begun, options(begun));
        }
        offers.put("relay --fail", options("--fail"));
        offers.put("relay get -L --max-r", options("--max-r"));
        offers.put("relay head -X P", "PATCH POST PUT");
        offers.put("relay get --request=D", "DELETE");
        offers.put("relay get --proto-redir +", "+http");
        offers.put("relay get -sSo fi", "file.txt");
        offers.put("relay get --output=fi", "file.txt");
        offers.put("relay get --tee f", "file.txt");
        offers.put("relay get --cacert ca", "ca.pem");
        offers.put("relay get --output-dir d", "directory");
        offers.put("relay get --retry-on t", "timeout");
        offers.put("relay get --checksum ", "crc32c: md5: sha1: sha256: sha512:");
        offers.put("relay get --checksum=sha2", "sha256:");
        offers.put("relay get -H @fi", "@file.txt");
        offers.put("relay get --write-out @fi", "@file.txt");
        offers.put("relay get -C -o fi", "file.txt");
        offers.put("relay get -b fi", "file.txt");
        offers.put("relay get -x socks", "socks4:// socks4a:// socks5:// socks5h://");
        offers.put("relay get --proxy=htt", "http:// https://");
        offers.put("relay get --progress ", "bar json none");
        offers.put("relay get --tls-max ", "1.2 1.3");
        offers.put("relay get --cert-type P", "P12 PEM");
        offers.put("relay post -d @fi", "@file.txt");
        offers.put("relay post --json @fi", "@file.txt");
        offers.put("relay put -T fi", "file.txt");
        offers.put("relay get --bearer @fi", "@file.txt");
        offers.put("relay get -u @fi", "@file.txt");
        offers.put("relay serve --auth @fi", "@file.txt");
        offers.put("relay get -U @fi", "@file.txt");
        offers.put("relay get -u fi", "");
        offers.put("relay post --data=@fi", "@file.txt");
        offers.put("relay get -F name=@fi", "name=@file.txt");
        offers.put("relay get --form=name=@fi", "name=@file.txt");
        offers.put("relay get -F fi", "");
        offers.put("relay get -F name=fi", "");
        offers.put("relay serve --bind ", "0.0.0.0 127.0.0.1 192.0.2.7");
        offers.put("relay listen --bind 192", "192.0.2.7");
        offers.put("relay get --interface ", "127.0.0.1 192.0.2.7 eth0 lo");
        offers.put("relay get --interface=e", "eth0");
        offers.put("relay listen --type text/p", "text/plain");
        offers.put("relay listen --type application/x", "application/x-tar");
        offers.put("relay get --report fi", "file.txt");
        offers.put("relay get -K fi", "file.txt");
        offers.put("relay serve --header-policy ", "all none safe");
        offers.put("relay serve fi", "file.txt");
        offers.put("relay completion ", "bash fish zsh");
        offers.put("relay help h", "head");
        // Nothing silly: no files where a URL, a header or a number belongs, no options after their end.
        offers.put("relay get ", "");
        offers.put("relay get f", "");
        offers.put("relay get -H ", "");
        offers.put("relay get --max-time ", "");
        offers.put("relay get -H Fi", "");
        offers.put("relay get -w fi", "");
        offers.put("relay get --checksum sha256:ab", "");
        offers.put("relay get --parallel ", "");
        offers.put("relay post -d fi", "");
        offers.put("relay duplex f", "");
        offers.put("relay get -- --ht", "");
        return offers;
    }

    private static String commands(String begun) {
        return Verbs.NAMES.stream()
                .filter(name -> name.startsWith(begun))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** The options of get that are begun so: at least one. */
    private static String options(String begun) {
        String options = new GetVerb()
                .groups().stream()
                        .flatMap(group -> group.options().stream())
                        .flatMap(option -> option.names().stream())
                        .filter(name -> name.startsWith(begun))
                        .sorted()
                        .collect(Collectors.joining(" "));
        assertThat(options).as(begun).isNotEmpty();
        return options;
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
