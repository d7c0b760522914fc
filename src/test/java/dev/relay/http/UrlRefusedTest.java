package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRefusedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "htp://example.com/",
                "ws://example.com/",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "data:text/html,hello",
                "mailto:joe@example.com",
                "javascript:alert(1)",
                "git+ssh://h/",
            })
    void otherSchemesAreUnsupported(String typed) {
        assertThat(codeOf(typed)).isEqualTo(ExitCode.UNSUPPORTED_SCHEME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/path",
                "?q",
                "#f",
                ":",
                "://h",
                ":80",
                "http:",
                "http:/h",
                "http:h",
                "http://",
                "http:///h",
                "http://:80/",
                "http://#",
                "http://?",
                "http://user@/",
                "http://user:pass@:80/",
                "foo:bar",
                "foo:bar/baz",
                "1http://h/",
                "ht_tp://h/",
                "http://h:0/",
                "http://h:65536/",
                "http://h:99999999999999999999/",
                "http://h:-1/",
                "http://h:8o/",
                "http://h:80:80/",
                "::1",
                "http://::1/",
                "http://h:\u0661/",
                "http://a b/",
                "http://h/a b",
                " http://h/",
                "http://h/ ",
                "http://h/\t",
                "http://h/\nHost: x",
                "http://h/\r\n",
                "http://h/\u0000",
                "http://h/\u007F",
                "http://h/\u001B[31m",
                "http://h%41/",
                "http://h%2Fx/",
                "http://%00/",
                "http://good.example\\@evil.example/",
                "http://a\\b/",
                "http://a..b/",
                "http://.a/",
                "http://./",
                "http://../",
                "http://a,b/",
                "http://a'b/",
                "http://a!/",
                "http://*/",
                "http://a<b>/",
                "http://u:%0a@h/",
                "http://u:%00@h/",
                "http://fa\u00DF.example/",
                "http://a\u200Db.example/",
                "http://\uFF0Fetc/",
                "http://\u202Eexample/",
                "http://\uD800.example/",
                "http://\u212A%/",
                "http://256.1.1.1/",
                "http://1.2.3.4.5/",
                "http://1.2.3.99999/",
                "http://08.1.1.1/",
                "http://0x.1/",
                "http://4294967296/",
                "http://a.1/",
                "http://a.0x1/",
                "http://1..2/",
                "http://[/",
                "http://[]/",
                "http://[::1/",
                "http://[::1]x/",
                "http://[1:2:3]/",
                "http://[1::2::3]/",
                "http://[:1:2:3:4:5:6:7]/",
                "http://[1:2:3:4:5:6:7:]/",
                "http://[1:2:3:4:5:6:7:8:9]/",
                "http://[1:2:3:4:5:6:7::8]/",
                "http://[12345::]/",
                "http://[::g]/",
                "http://[::1.2.3]/",
                "http://[::1.2.3.256]/",
                "http://[::1%]/",
                "http://[::1%a/b]/",
                "http://[::1%25a-b]/",
                "http://[:]/",
                "http://[:::]/",
                "http://[v1.x]/",
                "http://x[::1]/",
            })
    void whatCannotBeMeantIsMalformed(String typed) {
        assertThat(codeOf(typed)).isEqualTo(ExitCode.MALFORMED_URL);
    }

    @Test
    void aHostIsNoLongerThanTheDomainNameSystemHasIt() throws Exception {
        String label = "a".repeat(63) + ".";
        assertThat(Url.parse("http://" + label.repeat(3) + "a".repeat(61)).host())
                .hasSize(253);
        assertThat(codeOf("http://" + label.repeat(3) + "a".repeat(62))).isEqualTo(ExitCode.MALFORMED_URL);
        assertThat(codeOf("http://" + "a".repeat(64))).isEqualTo(ExitCode.MALFORMED_URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@h:99999/",
                "https://user:hunter2@h/a b",
                "https://user:hunter2@",
                "user:hunter2@h/a b",
                "//user:hunter2@h/a b",
                "ftp://user:hunter2@h/",
                "https://user:hun/ter2@h/",
                "https://user:hun?ter2@h/ ",
                "https://user:hun#ter2@h/ ",
                "https://user:hun@ter2@h:x/",
                "https://hunter2@h\\/",
                "https:/user:hunter2@h/",
                "user:hun://ter2@h/x y",
            })
    void anErrorNamesTheUrlWithoutItsCredentials(String typed) {
        assertThatThrownBy(() -> Url.parse(typed))
                .isInstanceOf(FaultException.class)
                .message()
                .doesNotContain("hunter2", "hun", "ter2", "user");
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:p@h:99999/x, https://h:99999/x",
        "https://h:99999/@scope/x, https://(redacted)@scope/x",
        "https://a$/@scope/x, https://a$/@scope/x",
        "http://h/\u001B[31m, http://h/%1B[31m",
        "http://h/\u202Ea b, http://h/%E2%80%AEa b",
    })
    void anErrorShowsTheUrlHarmlessly(String typed, String shown) {
        assertThat(faultOf(typed).fault().where()).isEqualTo(shown);
    }

    @Test
    void anErrorAboutAnEndlessUrlIsShort() {
        assertThat(faultOf("http://h/ " + "x".repeat(100_000)).getMessage()).hasSizeLessThan(500);
    }

    private static ExitCode codeOf(String typed) {
        return faultOf(typed).fault().code();
    }

    private static FaultException faultOf(String typed) {
        try {
            throw new AssertionError("accepted: " + Url.parse(typed));
        } catch (FaultException e) {
            return e;
        }
    }
}
