package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Headers;
import dev.relay.http.Secret;
import dev.relay.http.auth.Login;
import dev.relay.outcome.ExitCode;
import dev.relay.plan.Request;
import dev.relay.plan.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the server. */
class RequestTest {
    private static final String AGENT = "User-Agent: relay/" + Version.NUMBER;

    @TempDir
    Path directory;

    private static String headers(String... arguments) throws Exception {
        return text(TypedLine.get(arguments).request().headers());
    }

    private static String text(Headers headers) {
        return String.join(
                ", ",
                headers.fields().stream()
                        .map(field -> field.name() + ": " + field.value())
                        .toList());
    }

    @Test
    void agentAndAcceptAreSentByDefault() throws Exception {
        assertThat(headers()).isEqualTo(AGENT + ", Accept: */*");
    }

    @Test
    void aHeaderReplacesADefaultAndStandsBesideWhatWasGiven() throws Exception {
        assertThat(headers("-H", "accept: text/html")).isEqualTo(AGENT + ", accept: text/html");
        assertThat(headers("-H", "X: 1", "-H", "Host: h", "-H", "x:2"))
                .isEqualTo(AGENT + ", Accept: */*, X: 1, Host: h, x: 2");
    }

    @Test
    void aHeaderWithoutAValueIsTakenAwayAndOneWithASemicolonIsSentEmpty() throws Exception {
        assertThat(headers("-H", "User-Agent:", "-H", "ACCEPT: ")).isEmpty();
        assertThat(headers("-H", "X: 1", "-H", "x:")).isEqualTo(AGENT + ", Accept: */*");
        assertThat(headers("-H", "X-Empty;", "-H", "Accept;")).isEqualTo(AGENT + ", X-Empty: , Accept: ");
    }

    @Test
    void blanksAroundAValueAreNotSentThoseWithinAre() throws Exception {
        assertThat(headers("-H", "X: \t a: b;\tc \t")).endsWith("X: a: b;\tc");
    }

    @Test
    void agentAndRefererHaveOptionsThatAHeaderOverrules() throws Exception {
        assertThat(headers("-A", "me", "-e", "http://r/")).isEqualTo("User-Agent: me, Accept: */*, Referer: http://r/");
        assertThat(headers("-A", "", "-e", "")).isEqualTo("Accept: */*");
        assertThat(headers("-A", "me", "-H", "User-Agent: you")).isEqualTo("Accept: */*, User-Agent: you");
        assertThat(TypedLine.refused("-A", "a\nb").code()).isEqualTo(ExitCode.USAGE);
        assertThat(TypedLine.refused("-e", "http://r/;auto").message()).contains("no automatic Referer");
    }

    @Test
    void headersComeFromAFileOneALine() throws Exception {
        Files.writeString(directory.resolve("headers"), "A: 1\r\n\nAccept:\nB: 2");

        assertThat(text(TypedLine.in(directory)
                        .plan("-H@headers", "localhost")
                        .request()
                        .headers()))
                .isEqualTo(AGENT + ", A: 1, B: 2");
        assertThat(text(new TypedLine(directory, "C: 3\n")
                        .plan("-H", "@-", "localhost")
                        .request()
                        .headers()))
                .endsWith("C: 3");
        assertThat(TypedLine.refused("-H", "@/nonexistent").code()).isEqualTo(ExitCode.INPUT_FAILED);
        assertThat(TypedLine.refused("-H", "@/").code()).isEqualTo(ExitCode.INPUT_FAILED);
    }

    @Test
    void aMethodIsSentAsItIsTyped() throws Exception {
        assertThat(TypedLine.get("-X", "pRoPfInD").request().method()).isEqualTo("pRoPfInD");
        assertThat(TypedLine.in(directory)
                        .plan("head", "-X", "HEAD", "localhost")
                        .request()
                        .isHead())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a=b c, /p?q&a=b+c",
        "=b c/ü~, /p?q&b+c%2F%C3%BC~",
        "b&c, /p?q&b%26c",
        "na me=&, /p?q&na%20me=%26",
        "n@file, /p?q&n=x+y%0A",
        "@file, /p?q&x+y%0A",
        "+raw=a+b&c%20d e#, /p?q&raw=a+b&c%20d%20e%23",
        "'', /p?q"
    })
    void queryParametersHaveCurlsSyntax(String parameter, String target) throws Exception {
        Files.writeString(directory.resolve("file"), "x y\n");

        assertThat(TypedLine.in(directory)
                        .plan("--url-query", parameter, "http://localhost/p?q")
                        .request()
                        .url()
                        .target())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"http://h, /?a=1&b=2", "http://h/?, /?a=1&b=2", "http://h/x?c#f, /x?c&a=1&b=2"})
    void queryParametersAreJoinedToTheQuery(String url, String target) throws Exception {
        assertThat(TypedLine.in(directory)
                        .plan("-G", "--url-query", "a=1", "--url-query", "b=2", url)
                        .request()
                        .url()
                        .target())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"0-499, 0-499", "500-, 500-", "-500, -500", "'0-0, 5-6', '0-0,5-6'"})
    void aRangeIsKeptAsRangesWithoutUnit(String text, String range) throws Exception {
        assertThat(TypedLine.get("-r", text).request().range()).isEqualTo(range);
    }

    @Test
    void credentialsOfTheUrlAreKeptApart() throws Exception {
        Request request =
                TypedLine.in(directory).plan("http://us%3Aer:p%40ss@localhost/").request();

        assertThat(request.credentials().login()).isEqualTo(new Login("us", new Secret("er:p@ss")));
        assertThat(request.url().userInfo()).isNull();
        assertThat(TypedLine.in(directory)
                        .plan("http://user@localhost/")
                        .request()
                        .credentials()
                        .login())
                .isEqualTo(new Login("user", new Secret("")));
    }

    @Test
    void anAuthorizationHeaderOverrulesThem() throws Exception {
        assertThat(TypedLine.in(directory)
                        .plan("-H", "Authorization: Bearer x", "http://u:p@localhost/")
                        .request()
                        .credentials()
                        .login())
                .isNull();
    }
}
