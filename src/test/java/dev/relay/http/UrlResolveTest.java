package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlResolveTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                // RFC 3986 §5.4, as far as it is about http
                "g, http://a/b/c/g",
                "./g, http://a/b/c/g",
                "g/, http://a/b/c/g/",
                "/g, http://a/g",
                "//g, http://g/",
                "?y, http://a/b/c/d;p?y",
                "g?y, http://a/b/c/g?y",
                "#s, http://a/b/c/d;p?q",
                "g#s, http://a/b/c/g",
                ";x, http://a/b/c/;x",
                "~~, http://a/b/c/d;p?q",
                "., http://a/b/c/",
                "./, http://a/b/c/",
                ".., http://a/b/",
                "../, http://a/b/",
                "../g, http://a/b/g",
                "../.., http://a/",
                "../../g, http://a/g",
                "../../../g, http://a/g",
                "/./g, http://a/g",
                "/../g, http://a/g",
                "g., http://a/b/c/g.",
                ".g, http://a/b/c/.g",
                "..g, http://a/b/c/..g",
                "./../g, http://a/b/g",
                "g/../h, http://a/b/c/h",
                "g?y/./x, http://a/b/c/g?y/./x",
                // other origins
                "https://x:8443/y, https://x:8443/y",
                "HTTP://X, http://x/",
                "//x:81?q, http://x:81/?q",
                // lenient
                "/a b/c, http://a/a%20b/c",
                "  /x  , http://a/x",
                "/x?a=b c|d, http://a/x?a=b%20c%7Cd",
                "/\\evil.example, http://a/%5Cevil.example",
                "\\\\evil.example, http://a/b/c/%5C%5Cevil.example",
                "localhost/x, http://a/b/c/localhost/x",
            })
    void resolvesAsTheStandardHasIt(String location, String expected) throws Exception {
        assertThat(Url.parse("http://a/b/c/d;p?q").resolve(location)).hasToString(expected);
    }

    @Test
    void theBytesOfALocationAreKept() throws Exception {
        Url base = Url.parse("http://a/");
        // As the transport hands them over: a byte a character.
        assertThat(base.resolve("/\u00C3\u00A9")).hasToString("http://a/%C3%A9");
        assertThat(base.resolve("/\u00E9")).hasToString("http://a/%E9");
        assertThat(base.resolve("/\u0080\u009F")).hasToString("http://a/%80%9F");
        assertThat(base.resolve("http://b\u00C3\u00BCcher.example/")).hasToString("http://xn--bcher-kva.example/");
    }

    @Test
    void credentialsStayWithTheAuthorityTheyWereGivenFor() throws Exception {
        Url base = Url.parse("http://u:p@a/b");
        assertThat(base.resolve("/c").userInfo()).isEqualTo(new Secret("u:p"));
        assertThat(base.resolve("http://a/c").userInfo()).isNull();
        assertThat(base.resolve("//b/c").userInfo()).isNull();
        assertThat(base.resolve("http://x:y@b/c").userInfo()).isEqualTo(new Secret("x:y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/", "javascript:alert(1)", "file:///etc/passwd", "localhost:8080/x", "data:,x"})
    void anotherSchemeIsUnsupported(String location) {
        assertThat(faultOf(location).fault().code()).isEqualTo(ExitCode.UNSUPPORTED_SCHEME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:",
                "http:x",
                "http:/x",
                "http://",
                "//",
                "///x",
                "//:80/",
                "http://a b/",
                "/a\nb",
                "/a\tb",
                "/a\u0000",
                "/a\u001B[2J",
                "//good\\@evil/",
                "http://b\u00FCcher.example/",
            })
    void whatCannotBeMeantIsMalformed(String location) {
        assertThat(faultOf(location).fault().code()).isEqualTo(ExitCode.MALFORMED_URL);
    }

    @Test
    void anErrorNamesTheRedirectingUrlAndNoCredentials() {
        var fault = faultOf("http://joe:hunter2@h:x/").fault();
        assertThat(fault.where()).isEqualTo("http://a/b");
        assertThat(fault.why()).isEqualTo("its Location is http://h:x/: its port is no number from 1 to 65535");
    }

    private static FaultException faultOf(String location) {
        try {
            throw new AssertionError(
                    "accepted: " + Url.parse("http://user:secret@a/b").resolve(location));
        } catch (FaultException e) {
            return e;
        }
    }
}
