package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be meant by options that make a body: told before anything is sent. */
class BodyMisuseTest {
    private static final String URL = "http://localhost/";

    @TempDir
    Path directory;

    static Stream<Arguments> misuses() {
        return Stream.of(
                line("--data: excludes --form", "post", "-d", "a", "-F", "b=c"),
                line("--json: excludes --upload-file", "post", "--json", "a", "-T", "b"),
                line("--form-string: excludes --upload-file", "put", "--form-string", "a=b", "-T", "b"),
                line("--get: excludes --upload-file", "get", "-G", "-T", "b"),
                line("--get: excludes --form", "get", "-G", "-F", "b=c"),
                line("--upload-file: one request has one body", "put", "-T", "a", "-T", "b"),
                line("--upload-file: the file name is empty", "put", "-T", ""),
                line("standard input is read already", "post", "-d", "@-", "-d", "@-"),
                line("standard input is read already", "put", "-T", "-", "-H", "@-"),
                line("--data: HEAD has no body", "head", "-d", "a"),
                line("--data: TRACE has no body", "get", "-X", "TRACE", "-d", "a"),
                line("--range: excludes --data", "get", "-d", "a", "-r", "0-1"),
                line("--parallel: excludes --data", "get", "-d", "a", "--parallel", "2"),
                line("--continue: excludes --data", "get", "-d", "a", "-C", "-o", "x"),
                line("--form: 'a' is not NAME=CONTENT", "post", "-F", "a"),
                line("--form-string: 'a' is not NAME=CONTENT", "post", "--form-string", "a"),
                line("--form: 'x' is not a media type", "post", "-F", "a=b;type=x"),
                line("--form: 'c' is not type=, filename= or headers=", "post", "-F", "a=b;c"),
                line("--form: something stands behind a closing quote", "post", "-F", "a=\"b\"c"),
                line("--form: 'x y: z' is not a header field", "post", "-F", "a=b;headers=\"x y: z\""),
                line("--form: a control character", "post", "-F", "a=b;headers=\"x: y\nz: 1\""),
                line("--form: parts within parts", "post", "-F", "a=(b"),
                line(
                        "--header: Content-Length excludes",
                        "post",
                        "-d",
                        "a",
                        "-H",
                        "Content-Length: 1",
                        "-H",
                        "Transfer-Encoding: chunked"),
                line("chunked is the only", "post", "-d", "a", "-H", "Transfer-Encoding: gzip"),
                line("the Content-Length is no number", "post", "-d", "a", "-H", "Content-Length: x"),
                line("and there is none", "post", "-H", "Content-Length: 5"),
                line("and there is none", "post", "-H", "Transfer-Encoding: chunked"));
    }

    private static Arguments line(String message, String... argv) {
        return Arguments.of(List.of(argv), message);
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void isToldInOneLine(List<String> argv, String message) {
        var line = new ArrayList<>(argv);
        line.add(URL);
        Fault fault = TypedLine.in(directory).fault(line.toArray(new String[0]));
        assertThat(fault.code()).isEqualTo(ExitCode.USAGE);
        assertThat(fault.message()).contains(message).startsWith("usage: ").doesNotContain("\n");
    }
}
