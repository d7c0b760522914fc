package dev.relay.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Redirects;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectionTest {
    private static final Redirects DEFAULTS = new Redirects(true, 20, false, Set.of("http", "https"), false);

    @ParameterizedTest
    @CsvSource({
        "301, GET, GET", "301, HEAD, HEAD", "301, POST, GET", "301, PUT, PUT", "301, PROPFIND, PROPFIND",
        "302, GET, GET", "302, HEAD, HEAD", "302, POST, GET", "302, PUT, PUT", "302, DELETE, DELETE",
        "303, GET, GET", "303, HEAD, HEAD", "303, POST, GET", "303, PUT, GET", "303, DELETE, GET",
        "307, POST, POST", "307, GET, GET", "308, POST, POST", "308, PUT, PUT", "308, HEAD, HEAD"
    })
    void rewritesTheMethodAsTheStandardAndBrowsersDo(int status, String before, String after) {
        assertThat(Redirection.method(before, status)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.test/x/y, /z, http://a.test/z",
        "http://a.test/x/y, z, http://a.test/x/z",
        "http://a.test/x/y?q, ?r, http://a.test/x/y?r",
        "http://a.test/x, //b.test/z, http://b.test/z",
        "https://a.test/x, //b.test/z, https://b.test/z",
        "http://a.test/x, https://a.test:8443/, https://a.test:8443/",
        "http://a.test/x/y, ../../../z, http://a.test/z"
    })
    void resolvesTheLocationAgainstTheUrl(String from, String location, String to) throws Exception {
        assertThat(new Redirection(DEFAULTS).target(redirect(302, location), Url.parse(from)))
                .hasValueSatisfying(url -> assertThat(url).hasToString(to));
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "204", "206", "304", "305", "306", "404", "500"})
    void doesNotFollowWhatIsNoRedirect(int status) throws Exception {
        assertThat(new Redirection(DEFAULTS).target(redirect(status, "/z"), Url.parse("http://a.test/")))
                .isEmpty();
    }

    @Test
    void takesARedirectWithoutLocationForAnAnswer() throws Exception {
        var head = new Head("HTTP/1.1", 302, Headers.NONE);
        assertThat(new Redirection(DEFAULTS).target(head, Url.parse("http://a.test/")))
                .isEmpty();
    }

    @Test
    void neverLeavesTlsUnlessTold() throws Exception {
        Url from = Url.parse("https://a.test/");
        Head head = redirect(302, "http://a.test/");
        assertFault(ExitCode.UNSUPPORTED_SCHEME, () -> new Redirection(DEFAULTS).target(head, from));
        var told = new Redirects(true, 20, false, Set.of("http", "https"), true);
        assertThat(new Redirection(told).target(head, from)).isPresent();
    }

    @Test
    void refusesASchemeThatIsNotAllowed() throws Exception {
        var onlyTls = new Redirects(true, 20, false, Set.of("https"), false);
        Url from = Url.parse("http://a.test/");
        assertFault(ExitCode.UNSUPPORTED_SCHEME, () -> new Redirection(onlyTls).target(redirect(302, "/z"), from));
        assertFault(
                ExitCode.UNSUPPORTED_SCHEME,
                () -> new Redirection(DEFAULTS).target(redirect(302, "file:///etc/passwd"), from));
    }

    @Test
    void stopsAfterTheLimit() throws Exception {
        Url url = Url.parse("http://a.test/");
        var two = new Redirection(new Redirects(true, 2, false, Set.of("http"), false));
        two.count(0, url);
        two.count(1, url);
        assertFault(ExitCode.TOO_MANY_REDIRECTS, () -> two.count(2, url));
        new Redirection(new Redirects(true, -1, false, Set.of("http"), false)).count(1_000_000, url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.test/x, true",
        "http://a.test:80/, true",
        "http://a.test:81/, false",
        "https://a.test/, false",
        "http://b.test/, false",
        "http://sub.a.test/, false"
    })
    void credentialsStayAtTheOriginThatTheUserNamed(String to, boolean sent) throws Exception {
        var headers = new Headers(List.of(
                new Headers.Field("Authorization", "Bearer x"),
                new Headers.Field("cookie", "a=b"),
                new Headers.Field("X-Api-Key", "k"),
                new Headers.Field("Host", "h"),
                new Headers.Field("Accept", "*/*"),
                new Headers.Field("X-Trace", "7")));
        var redirection = new Redirection(DEFAULTS);
        Url origin = Url.parse("http://a.test/start");
        Headers kept = redirection.fieldsFor(headers, origin, Url.parse(to));
        for (String secret : List.of("Authorization", "Cookie", "X-Api-Key", "Host")) {
            assertThat(kept.contains(secret)).as(secret).isEqualTo(sent);
        }
        assertThat(kept.contains("Accept") && kept.contains("X-Trace")).isTrue();
        assertThat(redirection.credentialsFor(origin, Url.parse(to))).isEqualTo(sent);
    }

    private static Head redirect(int status, String location) {
        return new Head("HTTP/1.1", status, new Headers(List.of(new Headers.Field("location", location))));
    }

    private static void assertFault(ExitCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(code));
    }
}
