package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options from files hold as if they were typed before those that are, and name their line when they are wrong. */
class ConfigTest {
    @TempDir
    Path directory;

    private Relay relay(String config) throws Exception {
        Files.createDirectories(directory.resolve(".config/relay"));
        Files.writeString(directory.resolve(".config/relay/config"), config);
        return Relay.in(directory).withEnvironment("HOME", directory.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "header = \"X-A: 1 2\"",
                "header: \"X-A: 1 2\"",
                "header \"X-A: 1 2\"   # a comment",
                "  --header \"X-A: 1 2\"",
                "-H \"X-A: 1 2\"",
                "-H \"X-A:\\t1 2\"",
                "-sH \"X-A: 1 2\"",
            })
    void everySpellingOfCurlsIsRead(String line) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            relay("# first\n\n" + line + "\n").with("get", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).header("X-A")).isEqualTo("1 2");
        }
    }

    @Test
    void whatIsTypedComesBeforeANamedFileAndThatBeforeTheUsersOwn() throws Exception {
        Files.writeString(directory.resolve("named"), "-A named\nheader = X-From:named\n-e named\nipv6");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            relay("-A own\n-e own\nheader = X-From:own\ncookie = own=1\nipv4\noutput = file\n")
                    .with("get", upstream.url(), "-A", "typed", "-H", "X-From: typed", "-K", "named", "-4", "-o", "-")
                    .mustSucceed();
            var request = upstream.request(0);
            assertThat(request.header("User-Agent")).isEqualTo("typed");
            assertThat(request.header("Referer")).isEqualTo("named");
            assertThat(request.header("Cookie")).isEqualTo("own=1");
            assertThat(request.headers("X-From")).containsExactly("own", "named", "typed");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--no-such           | usage: ~/.config/relay/config:2: --no-such: unknown option",
                "max-time = soon     | usage: ~/.config/relay/config:2: --max-time: 'soon' is not",
                "max-time            | usage: ~/.config/relay/config:2: --max-time: needs a value",
                "silent = yes        | usage: ~/.config/relay/config:2: --silent: takes no value",
                "user = \"a:secret   | usage: ~/.config/relay/config:2: the quotes are not closed",
                "user = a:secret too | usage: ~/.config/relay/config:2: more follows the value",
                "config = other      | usage: ~/.config/relay/config:2: --config: stands on the command line alone",
                "help                | usage: ~/.config/relay/config:2: --help: stands on the command line alone",
            })
    void aWrongLineIsNamed(String line, String message) throws Exception {
        var run = relay("# first\n" + line + "\n")
                .with("get", "http://127.0.0.1:1/")
                .mustFailWith(2);
        assertThat(run.stderr()).startsWith("relay: " + message).doesNotContain("secret");
    }

    /** What on one command line would contradict each other: what is typed holds, the file gives way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipv6",
                "http2",
                "tlsv1.3",
                "bearer = token",
                "digest",
                "fail-with-body",
                "unix-socket = /nonexistent",
                "socks5 = 127.0.0.1:1",
                "proxy-digest",
                "retry-connrefused",
                "remote-name"
            })
    void whatIsTypedTakesThePlaceOfWhatExcludesIt(String line) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = relay(line + "\n")
                    .with(
                            "get",
                            upstream.url(),
                            "-4",
                            "--http1.1",
                            "--tls-max",
                            "1.2",
                            "-u",
                            "a:b",
                            "--basic",
                            "--no-fail",
                            "-x",
                            "",
                            "--proxy-basic",
                            "--retry-on",
                            "reset",
                            "-o",
                            "-");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(upstream.request(0).header("Authorization")).isEqualTo("Basic YTpi");
        }
    }

    @Test
    void noConfigLeavesItOutWhereverItStands() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            relay("--no-such\n").with("get", upstream.url(), "--no-config").mustSucceed();
            relay("--no-such\n").with("--no-config", upstream.url()).mustSucceed();
            relay("--no-such\n").with("help").mustSucceed();
        }
    }

    @Test
    void aNamedFileMayNameTheUrlAndBeStandardInput() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            assertThat(Relay.reading("url = " + upstream.url("/there"))
                            .with("-K", "-")
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
            assertThat(upstream.request(0).target()).isEqualTo("/there");
        }
    }

    @Test
    void aFileThatIsNamedMustBeReadable() throws Exception {
        Relay.in(directory).with("get", "-K", "missing", "http://127.0.0.1:1/").mustFailWith(26);
        Files.createDirectories(directory.resolve(".config/relay/config"));
        Relay.in(directory)
                .withEnvironment("HOME", directory.toString())
                .with("get", "http://127.0.0.1:1/")
                .mustFailWith(26);
    }

    @Test
    void verboseSaysWhichFilesWereRead() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            assertThat(relay("verbose\n")
                            .with("get", upstream.url())
                            .mustSucceed()
                            .stderr())
                    .contains("* Options were read from ~/.config/relay/config");
        }
    }
}
