package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Programs;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option that makes a body: what arrives, byte for byte, and that curl would have sent the same. */
class BodyOptionsTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PIPED = "from\r\na pipe\n";

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.write(directory.resolve("lines.txt"), "one\r\ntwo\nthree".getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("a b&c.txt"), "ä &=%+~\n");
        Files.writeString(directory.resolve("page.html"), "<p>");
        Files.writeString(directory.resolve("odd,name;x"), "odd");
        Files.writeString(directory.resolve("empty"), "");
    }

    /** Options, the Content-Type and the body that arrive; {@code |} stands for the boundary and {@code ~} for CRLF. */
    static Stream<Arguments> bodies() {
        return Stream.of(
                sent(FORM, "a=1", "-d", "a=1"),
                sent(FORM, "a=1&b=2&@c", "-d", "a=1", "--data", "b=2", "--data-raw", "@c"),
                sent(FORM, "", "-d", ""),
                sent(FORM, "&x", "-d", "", "-d", "x"),
                sent(FORM, "onetwothree", "-d", "@lines.txt"),
                sent(FORM, "onetwothree", "--data-ascii", "@lines.txt"),
                sent(FORM, "one\r\ntwo\nthree", "--data-binary", "@lines.txt"),
                sent(FORM, "x=1&one\r\ntwo\nthree&y", "-d", "x=1", "--data-binary", "@lines.txt", "-d", "y"),
                sent(FORM, "froma pipe", "-d", "@-"),
                sent(FORM, PIPED, "--data-binary", "@-"),
                sent(FORM, "", "-d", "@empty"),
                sent(FORM, "a+b%26c", "--data-urlencode", "a b&c"),
                sent(FORM, "a+b%26c%3D", "--data-urlencode", "=a b&c="),
                sent(FORM, "n m=a+b%C3%A4%40", "--data-urlencode", "n m=a bä@"),
                sent(FORM, "%C3%A4+%26%3D%25%2B~%0A", "--data-urlencode", "@a b&c.txt"),
                sent(FORM, "n=%C3%A4+%26%3D%25%2B~%0A", "--data-urlencode", "n@a b&c.txt"),
                sent("application/json", "{\"a\":1}", "--json", "{\"a\":1}"),
                sent("application/json", "{\"a\":1}", "--json", "{\"a\":", "--json", "1}"),
                sent("application/json", PIPED, "--json", "@-"),
                sent("text/plain", "a", "-d", "a", "-H", "content-type: text/plain"),
                sent(null, "a", "-d", "a", "-H", "Content-Type:"),
                sent(null, "one\r\ntwo\nthree", "-T", "lines.txt"),
                sent(null, PIPED, "-T", "-"),
                sent(null, PIPED, "-T", "."),
                sent(null, "", "-T", "empty"),
                form("~form-data; name=\"a\"~~b", "-F", "a=b"),
                form("~form-data; name=\"a\"~~b=c", "-F", "a=b=c"),
                form("~form-data; name=\"a\"~Content-Type: text/html~~b", "-F", "a=b;type=text/html"),
                form("~form-data; name=\"a\"~~b;c", "-F", "a=\"b;c\""),
                form("~form-data; name=\"a\"~~b\"c\\", "-F", "a=\"b\\\"c\\\\\""),
                form("~form-data; name=\"a\"~~@b;c", "--form-string", "a=@b;c"),
                form("~form-data; name=\"a\"~~b|~form-data; name=\"c\"~~d", "-F", "a=b", "-F", "c=d"),
                form("~form-data; name=\"ä%22\"~~b", "-F", "ä\"=b"),
                form(
                        "~form-data; name=\"f\"; filename=\"lines.txt\"~Content-Type: text/plain~~one\r\ntwo\nthree",
                        "-F",
                        "f=@lines.txt"),
                form(
                        "~form-data; name=\"f\"; filename=\"page.html\"~Content-Type: text/html~~<p>",
                        "-F",
                        "f=@./page.html"),
                form(
                        "~form-data; name=\"f\"; filename=\"x.PDF\"~Content-Type: application/pdf~~<p>",
                        "-F",
                        "f=@page.html;filename=x.PDF"),
                form(
                        "~form-data; name=\"f\"; filename=\"x\"~Content-Type: a/b; c=d~~<p>",
                        "-F",
                        "f=@page.html;type=a/b; c=d;filename=\"x\""),
                form(
                        "~form-data; name=\"f\"; filename=\"odd,name;x\"~Content-Type: application/octet-stream~~odd",
                        "-F",
                        "f=@\"odd,name;x\""),
                form("~form-data; name=\"f\"~Content-Type: text/html~~<p>", "-F", "f=<page.html"),
                form("~form-data; name=\"f\"~~one\r\ntwo\nthree", "-F", "f=<lines.txt"),
                form("~form-data; name=\"f\"~~ä &=%+~\n".replace("+~\n", "+\u0001\n"), "-F", "f=<a b&c.txt"),
                form("~form-data; name=\"f\"; filename=\"-\"~~" + PIPED, "-F", "f=@-"),
                form("~form-data; name=\"a\"~X-A: 1~~b", "-F", "a=b;headers=\"X-A: 1\""));
    }

    private static Arguments sent(@Nullable String type, String body, String... options) {
        return Arguments.of(List.of(options), type, body);
    }

    private static Arguments form(String parts, String... options) {
        String whole = "--|"
                + parts.replace("|", "\r\n--|")
                        .replace("~form", "~Content-Disposition: form")
                        .replace("~", "\r\n")
                        .replace('\u0001', '~')
                + "\r\n--|--\r\n";
        return Arguments.of(List.of(options), "multipart/form-data; boundary=|", whole);
    }

    private static String[] line(String command, List<String> options, String url) {
        var line = new ArrayList<>(List.of(command));
        line.addAll(options);
        line.add(url);
        return line.toArray(new String[0]);
    }

    private static void check(RecordedRequest request, @Nullable String type, String body) {
        String given = request.header("Content-Type");
        String boundary = given != null && given.contains("boundary=")
                ? given.substring(given.indexOf("boundary=") + "boundary=".length())
                : "\u0000none";
        assertThat(given == null ? null : given.replace(boundary, "|")).isEqualTo(type);
        assertThat(request.bodyText().replace(boundary, "|")).isEqualTo(body);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isSentByteForByte(List<String> options, @Nullable String type, String body) throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.reading(new ByteArrayInputStream(PIPED.getBytes(StandardCharsets.UTF_8)))
                    .at(directory)
                    .with(line("post", with(options, "-H", "Expect:"), upstream.url("/x")))
                    .mustSucceed();
            check(upstream.request(0), type, body);
            boolean unknown = options.stream()
                    .anyMatch(option -> option.equals("-") || option.equals(".") || option.endsWith("@-"));
            assertThat(upstream.request(0).headers("Content-Length").isEmpty()).isEqualTo(unknown);
            assertThat(upstream.request(0).headers("Transfer-Encoding").isEmpty())
                    .isEqualTo(!unknown);
            assertThat(upstream.request(0).header("Accept"))
                    .isEqualTo(options.contains("--json") ? "application/json" : "*/*");
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isWhatCurlSends(List<String> options, @Nullable String type, String body) throws Exception {
        String curl = Programs.require("curl").toString();
        try (var upstream = ScriptedUpstream.sending("ok")) {
            var command = new ArrayList<>(List.of(curl, "-sS", "-X", "POST", "--noproxy", "*", "-H", "Expect:"));
            command.addAll(options);
            command.add(upstream.url("/x"));
            var process = new ProcessBuilder(command).directory(directory.toFile());
            var piped = directory.resolve("piped");
            Files.writeString(piped, PIPED);
            process.redirectInput(piped.toFile()).redirectOutput(new File("/dev/null"));
            assertThat(process.redirectErrorStream(true).start().waitFor(20, TimeUnit.SECONDS))
                    .isTrue();
            check(upstream.request(0), type, body);
        }
    }

    private static List<String> with(List<String> options, String... more) {
        var all = new ArrayList<>(options);
        all.addAll(Arrays.asList(more));
        return all;
    }

    @Test
    void bytesOfNoMeaningInATextAreLeftOut() throws Exception {
        Files.write(directory.resolve("nul"), new byte[] {'a', 0, '\r', '\n', 'b'});
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.in(directory).with("post", "-d", "@nul", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).bodyText()).isEqualTo("ab");
        }
    }

    @Test
    void severalFilesAreSeveralPartsOfOneName() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.in(directory)
                    .with("post", "-F", "f=@page.html, \"odd,name;x\";type=a/b", upstream.url())
                    .mustSucceed();
            check(upstream.request(0), "multipart/form-data; boundary=|", """
                            --|
                            Content-Disposition: form-data; name="f"; filename="page.html"
                            Content-Type: text/html

                            <p>
                            --|
                            Content-Disposition: form-data; name="f"; filename="odd,name;x"
                            Content-Type: a/b

                            odd
                            --|--
                            """.replace("\n", "\r\n"));
        }
    }

    @Test
    void dataGoesToTheQueryWhenTold() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.in(directory)
                    .with(
                            "get",
                            "-G",
                            "-d",
                            "a=1",
                            "--data-urlencode",
                            "b=x y",
                            "-d",
                            "@lines.txt",
                            upstream.url("/p?q=0"))
                    .mustSucceed();
            assertThat(upstream.request(0).target()).isEqualTo("/p?q=0&a=1&b=x+y&onetwothree");
            assertThat(upstream.request(0).headers("Content-Type")).isEmpty();
            assertThat(upstream.request(0).body()).isEmpty();
        }
    }

    @Test
    void aFileGivesItsNameToAUrlThatEndsWithASlash() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            for (String target : new String[] {"/up/", "/up", "/up/?q=/"}) {
                Relay.in(directory)
                        .with("put", "-T", "a b&c.txt", upstream.url(target))
                        .mustSucceed();
            }
            Relay.reading("x")
                    .with("put", "-T", "-", "-H", "Expect:", upstream.url("/up/"))
                    .mustSucceed();
            assertThat(upstream.requests().stream().map(RecordedRequest::target))
                    .containsExactly("/up/a%20b%26c.txt", "/up", "/up/?q=/", "/up/");
        }
    }

    @Test
    void chunksAreSentWhenTheHeaderAsksForThem() throws Exception {
        try (var upstream = ScriptedUpstream.sending("ok")) {
            Relay.run("post", "-d", "a=1", "-H", "Transfer-Encoding: chunked", "-H", "Expect:", upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(0).headers("Transfer-Encoding")).containsExactly("chunked");
            assertThat(upstream.request(0).headers("Content-Length")).isEmpty();
            assertThat(upstream.request(0).bodyText()).isEqualTo("a=1");
        }
    }
}
