package dev.relay.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Url;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a cookie goes that was set somewhere (RFC 6265, sections 5.1 to 5.4). */
class CookieJarTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final CookieJar jar = new CookieJar(List.of(), Set.of("com", "co.uk")::contains, now::get);

    private static Url url(String text) throws Exception {
        return Url.parse(text);
    }

    @ParameterizedTest(name = "{1} from {0}, to {2}: {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the host alone, unless a domain is named
                "http://a.example.com/   | a=1                              | http://a.example.com/     | a=1",
                "http://a.example.com/   | a=1                              | http://A.EXAMPLE.com:81/  | a=1",
                "http://a.example.com/   | a=1                              | http://b.a.example.com/   | -",
                "http://a.example.com/   | a=1                              | http://example.com/       | -",
                "http://a.example.com/   | a=1; Domain=example.com          | http://b.example.com/     | a=1",
                "http://a.example.com/   | a=1; Domain=.Example.COM         | http://example.com/       | a=1",
                "http://a.example.com/   | a=1; Domain=example.com          | http://badexample.com/    | -",
                "http://a.example.com/   | a=1; Domain=                     | http://b.a.example.com/   | -",
                // a domain must be the server's own, and not a public suffix
                "http://a.example.com/   | a=1; Domain=other.com            | http://other.com/         | -",
                "http://a.example.com/   | a=1; Domain=b.a.example.com      | http://b.a.example.com/   | -",
                "http://a.example.com/   | a=1; Domain=com                  | http://a.example.com/     | -",
                "http://a.co.uk/         | a=1; Domain=co.uk                | http://b.co.uk/           | -",
                "http://co.uk/           | a=1; Domain=co.uk                | http://co.uk/             | a=1",
                "http://co.uk/           | a=1; Domain=co.uk                | http://b.co.uk/           | -",
                "http://127.0.0.1/       | a=1; Domain=127.0.0.1            | http://127.0.0.1/         | a=1",
                "http://127.0.0.1/       | a=1; Domain=0.0.1                | http://127.0.0.1/         | -",
                // the path, and those below it
                "http://h.com/a/b        | a=1                              | http://h.com/a/c          | a=1",
                "http://h.com/a/b        | a=1                              | http://h.com/a            | a=1",
                "http://h.com/a/b        | a=1                              | http://h.com/ab           | -",
                "http://h.com/a/b        | a=1                              | http://h.com/             | -",
                "http://h.com/a/b        | a=1; Path=/                      | http://h.com/c            | a=1",
                "http://h.com/a/b        | a=1; Path=c                      | http://h.com/a/d          | a=1",
                "http://h.com/           | a=1; Path=/x/                    | http://h.com/x/y          | a=1",
                "http://h.com/           | a=1; Path=/x/                    | http://h.com/x            | -",
                "http://h.com/a?b=/c/d   | a=1                              | http://h.com/e            | a=1",
                // TLS
                "https://h.com/          | a=1; Secure                      | https://h.com/            | a=1",
                "https://h.com/          | a=1; Secure                      | http://h.com/             | -",
                "http://h.com/           | a=1; Secure                      | https://h.com/            | -",
                "https://h.com/          | a=1; HttpOnly                    | http://h.com/             | a=1",
                // names that promise something
                "https://h.com/          | __Secure-a=1                     | https://h.com/            | -",
                "https://h.com/          | __Secure-a=1; Secure             | https://h.com/            | __Secure-a=1",
                "https://h.com/          | __Host-a=1; Secure; Path=/       | https://h.com/            | __Host-a=1",
                "https://h.com/          | __Host-a=1; Secure               | https://h.com/            | -",
                "https://h.com/          | __Host-a=1; Secure; Path=/; Domain=h.com | https://h.com/    | -",
                // how long
                "http://h.com/           | a=1; Max-Age=60                  | http://h.com/             | a=1",
                "http://h.com/           | a=1; Max-Age=0                   | http://h.com/             | -",
                "http://h.com/           | a=1; Max-Age=-1                  | http://h.com/             | -",
                "http://h.com/           | a=1; Max-Age=soon                | http://h.com/             | a=1",
                "http://h.com/           | a=1; Max-Age=99999999999999999   | http://h.com/             | a=1",
                "http://h.com/           | a=1; Expires=Wed, 02 Jan 2030 00:00:00 GMT | http://h.com/   | a=1",
                "http://h.com/           | a=1; Expires=Tue, 01 Jan 2030 00:00:00 GMT | http://h.com/   | -",
                "http://h.com/           | a=1; Expires=soon                | http://h.com/             | a=1",
                "http://h.com/           | a=1; Max-Age=60; Expires=Tue, 01 Jan 2019 00:00:00 GMT | http://h.com/ | a=1",
                // what it looks like
                "http://h.com/           | a = 1 2 ;x                       | http://h.com/             | a=1 2",
                "http://h.com/           | a=\"1\"                          | http://h.com/             | a=\"1\"",
                "http://h.com/           | a=                               | http://h.com/             | a=",
                "http://h.com/           | a=b=c                            | http://h.com/             | a=b=c",
                "http://h.com/           | a                                | http://h.com/             | -",
                "http://h.com/           | =1                               | http://h.com/             | -",
                "http://h.com/           | a=\u00e4                         | http://h.com/             | -",
            })
    void aCookieGoesWhereItMay(String from, String field, String to, String sent) throws Exception {
        jar.heard(List.of(field), url(from));
        assertThat(jar.fieldFor(url(to))).isEqualTo(sent == null ? "" : sent);
    }

    @Test
    void theLongerPathComesFirstAndThenTheOlderCookie() throws Exception {
        jar.heard(List.of("a=1; Path=/", "b=2; Path=/x", "c=3; Path=/"), url("http://h.com/"));
        jar.heard(List.of("a=4; Path=/"), url("http://h.com/"));
        assertThat(jar.fieldFor(url("http://h.com/x"))).isEqualTo("b=2; a=4; c=3");
    }

    @Test
    void timeEndsIt() throws Exception {
        jar.heard(List.of("a=1; Max-Age=60", "b=2"), url("http://h.com/"));
        now.set(START.plusSeconds(59));
        assertThat(jar.fieldFor(url("http://h.com/"))).isEqualTo("a=1; b=2");
        now.set(START.plusSeconds(60));
        assertThat(jar.fieldFor(url("http://h.com/"))).isEqualTo("b=2");
        assertThat(jar.cookies()).hasSize(1);
    }

    @Test
    void inClearNothingTakesThePlaceOfWhatCameOverTls() throws Exception {
        jar.heard(List.of("a=1; Secure; Domain=example.com"), url("https://example.com/"));
        jar.heard(List.of("a=2", "a=3; Max-Age=0; Domain=example.com"), url("http://www.example.com/"));
        assertThat(jar.fieldFor(url("https://www.example.com/"))).isEqualTo("a=1");
    }

    @Test
    void aServerCannotFillTheMemory() throws Exception {
        for (int i = 0; i < 1000; i++) {
            jar.heard(List.of("c" + i + "=1"), url("http://h.com/"));
        }
        assertThat(jar.cookies()).hasSize(180);
        assertThat(jar.fieldFor(url("http://h.com/"))).hasSizeLessThan(8200);
    }

    @Test
    void aFileThatIsWrittenIsReadAsItWas() throws Exception {
        jar.heard(
                List.of("a=1; Domain=example.com; Max-Age=60; HttpOnly", "b=; Secure; Path=/x", "c=x y"),
                url("https://www.example.com/"));
        String text = NetscapeFile.text(jar.cookies());
        assertThat(NetscapeFile.text(NetscapeFile.read("jar", text, true))).isEqualTo(text);
        assertThat(text).contains("#HttpOnly_.example.com\tTRUE\t/\tFALSE\t1893456060\ta\t1\n");
        assertThat(NetscapeFile.read("jar", text, false)).hasSize(1);
    }
}
