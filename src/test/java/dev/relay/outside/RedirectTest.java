package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Ports;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects lead to the body, and never carry a secret to another origin. */
class RedirectTest {
    private static final String[] SECRETS = {
        "-H", "Authorization: Bearer token",
        "-H", "Cookie: session=1",
        "-H", "X-Api-Key: key",
        "-H", "X-Auth-Token: token",
        "-H", "Proxy-Authorization: Basic eA==",
    };

    @TempDir
    Path directory;

    /** A server that redirects everything but /end. */
    private static ScriptedUpstream redirecting(int status, String location) {
        return ScriptedUpstream.answering(request -> request.target().startsWith("/end")
                ? Answer.ok("the end")
                : Answer.redirect(status, location).body("not this"));
    }

    @ParameterizedTest
    @CsvSource({
        "301, GET, GET",
        "302, GET, GET",
        "303, GET, GET",
        "307, GET, GET",
        "308, GET, GET",
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "307, POST, POST",
        "308, POST, POST",
        "301, PUT, PUT",
        "302, DELETE, DELETE",
        "303, PUT, GET",
        "303, DELETE, GET",
        "307, PUT, PUT",
        "308, BREW, BREW",
    })
    void theMethodAfterARedirectIsTheOneOfRfc9110(int status, String asked, String then) throws Exception {
        try (var upstream = redirecting(status, "/end")) {
            var run = Relay.run("get", "-X", asked, upstream.url()).mustSucceed();
            assertThat(run.stdout()).isEqualTo("the end");
            assertThat(upstream.requests()).extracting(RecordedRequest::method).containsExactly(asked, then);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aHeadStaysAHead(int status) throws Exception {
        try (var upstream = redirecting(status, "/end")) {
            assertThat(Relay.run("head", upstream.url()).mustSucceed().stdout()).contains("200 OK");
            assertThat(upstream.requests()).extracting(RecordedRequest::method).containsExactly("HEAD", "HEAD");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/b/start?q | /end                | /end",
                "/a/b/start?q | end                 | /a/b/end",
                "/a/b/start?q | ../end              | /a/end",
                "/a/b/start?q | ../../../../end     | /end",
                "/a/b/start?q | ./c/./../end        | /a/b/end",
                "/a/b/start?q | ?end                | /a/b/start?end",
                "/a/b/start?q | /end#part           | /end",
                "/a/b/start?q | /end?x=a b          | /end?x=a%20b",
                "/a/b/start?q | /end/a b            | /end/a%20b",
                "/a/b/start?q | /end/caf\u00c3\u00a9  | /end/caf%C3%A9",
                "/a/b/start?q | /end?a<b>           | /end?a%3Cb%3E",
                "/a/b/start?q | /end/%7e%2F         | /end/%7e%2F",
                "/a/b/start?q | /end?u=http://x/../y | /end?u=http://x/../y",
            })
    void relativeAndOddLocationsLeadWhereABrowserGoes(String from, String location, String to) throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(302, location), Answer.ok("the end"))) {
            assertThat(Relay.run("get", upstream.url(from)).mustSucceed().stdout())
                    .isEqualTo("the end");
            assertThat(upstream.request(1).target()).isEqualTo(to);
        }
    }

    @Test
    void aLocationWithoutSchemeKeepsTheScheme() throws Exception {
        try (var there = ScriptedUpstream.sending("there");
                var here = ScriptedUpstream.answering(Answer.redirect(302, "//" + there.authority() + "/x"))) {
            assertThat(Relay.run("get", here.url()).mustSucceed().stdout()).isEqualTo("there");
            assertThat(there.request(0).target()).isEqualTo("/x");
            assertThat(there.request(0).header("Host")).isEqualTo(there.authority());
        }
    }

    @Test
    void aRedirectWithoutLocationIsAnOrdinaryResponse() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(302).body("no way"))) {
            assertThat(Relay.run("get", upstream.url()).mustSucceed().stdout()).isEqualTo("no way");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void anEmptyLocationIsNone() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(302, "").body("no way"))) {
            assertThat(Relay.run("get", upstream.url()).mustSucceed().stdout()).isEqualTo("no way");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 304, 305, 306})
    void onlyARedirectFollowsItsLocation(int status) throws Exception {
        var answer = status == 304 ? Answer.status(304) : Answer.status(status).body("stay");
        try (var upstream = ScriptedUpstream.answering(answer.line("Location: /end"))) {
            Relay.run("get", upstream.url()).mustSucceed();
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void noLocationOptionTakesTheRedirectForTheResponse() throws Exception {
        try (var upstream = redirecting(302, "/end")) {
            assertThat(Relay.run("get", "--no-location", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("not this");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aLoopEndsAfterTwentyWithFortySeven() throws Exception {
        try (var upstream = redirecting(302, "/loop")) {
            var run = Relay.run("get", upstream.url()).mustFailWith(47);
            assertThat(run.stdoutBytes()).isEmpty();
            assertThat(upstream.requests()).hasSize(21);
        }
    }

    @Test
    void maxRedirsIsTheNumberThatIsFollowed() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                Answer.redirect(302, "/1"), Answer.redirect(302, "/2"), Answer.ok("the end"))) {
            Relay.run("get", "--max-redirs", "2", upstream.url()).mustSucceed();
        }
        try (var upstream = redirecting(302, "/loop")) {
            Relay.run("get", "--max-redirs", "1", upstream.url()).mustFailWith(47);
            assertThat(upstream.requests()).hasSize(2);
        }
        try (var upstream = redirecting(302, "/loop")) {
            Relay.run("get", "--max-redirs", "0", upstream.url()).mustFailWith(47);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void anErrorAtTheEndOfTheWayIsTwentyTwo() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.redirect(302, "/gone"), Answer.status(410))) {
            assertThat(Relay.run("get", upstream.url()).mustFailWith(22).stderr())
                    .contains("/gone");
        }
    }

    @Test
    void secretsStayAtTheirOrigin() throws Exception {
        try (var there = ScriptedUpstream.sending("there");
                var here = ScriptedUpstream.answering(Answer.redirect(307, there.url("/x")))) {
            String url = "http://someone:hunter2@" + here.authority() + "/";
            Relay.run(get(SECRETS, "-H", "X-Harmless: yes", "-A", "agent", url)).mustSucceed();
            assertThat(here.request(0).header("Cookie")).isEqualTo("session=1");
            assertThat(here.request(0).header("X-Api-Key")).isEqualTo("key");
            assertThat(there.request(0).header("X-Harmless")).isEqualTo("yes");
            assertThat(there.request(0).header("User-Agent")).isEqualTo("agent");
            assertThat(there.request(0).headText())
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContainIgnoringCase("cookie")
                    .doesNotContainIgnoringCase("api-key")
                    .doesNotContainIgnoringCase("auth-token")
                    .doesNotContain("hunter2", "token", "key");
        }
    }

    @Test
    void credentialsOfTheUrlStayAtTheirOrigin() throws Exception {
        try (var there = ScriptedUpstream.sending("there");
                var here = ScriptedUpstream.answering(
                        Answer.redirect(302, "/again"), Answer.redirect(302, there.url("/x")))) {
            Relay.run("get", "http://someone:hunter2@" + here.authority() + "/").mustSucceed();
            assertThat(here.request(0).header("Authorization")).isEqualTo("Basic c29tZW9uZTpodW50ZXIy");
            assertThat(here.request(1).header("Authorization")).isEqualTo("Basic c29tZW9uZTpodW50ZXIy");
            assertThat(there.request(0).header("Authorization")).isNull();
        }
    }

    @Test
    void anotherSchemeIsAnotherOrigin() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var there = ScriptedUpstream.sending("there").as(identity);
                var here = ScriptedUpstream.answering(Answer.redirect(301, there.url("/x")))) {
            Relay.run(get(SECRETS, "--cacert", authority, here.url())).mustSucceed();
            assertThat(there.request(0).header("Authorization")).isNull();
            assertThat(there.request(0).header("X-Api-Key")).isNull();
        }
    }

    @Test
    void aHostHeaderOfTheUsersStaysAtItsOrigin() throws Exception {
        try (var there = ScriptedUpstream.sending("there");
                var here = ScriptedUpstream.answering(Answer.redirect(302, there.url("/x")))) {
            Relay.run("get", "-H", "Host: other.test", here.url()).mustSucceed();
            assertThat(here.request(0).header("Host")).isEqualTo("other.test");
            assertThat(there.request(0).header("Host")).isEqualTo(there.authority());
        }
    }

    @Test
    void locationTrustedTakesSecretsAlong() throws Exception {
        try (var there = ScriptedUpstream.sending("there");
                var here = ScriptedUpstream.answering(Answer.redirect(307, there.url("/x")))) {
            Relay.run(get(SECRETS, "--location-trusted", here.url())).mustSucceed();
            assertThat(there.request(0).header("Authorization")).isEqualTo("Bearer token");
            assertThat(there.request(0).header("Cookie")).isEqualTo("session=1");
        }
    }

    @Test
    void tlsIsNotLeftUnlessTold() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var clear = ScriptedUpstream.sending("in clear");
                var secure = ScriptedUpstream.answering(Answer.redirect(302, clear.url("/x")))
                        .as(identity)) {
            Relay.run("get", "--cacert", authority, secure.url()).mustFailWith(1);
            assertThat(clear.connections()).isZero();
            var run = Relay.run("get", "--cacert", authority, "--proto-redir", "=http,https", secure.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("in clear");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/x", "file:///etc/passwd", "javascript:alert(1)", "data:,x"})
    void otherSchemesAreNotFollowed(String location) throws Exception {
        try (var upstream = redirecting(302, location)) {
            var run = Relay.run("get", upstream.url()).mustFailWith(1);
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }

    @Test
    void aMalformedLocationIsThree() throws Exception {
        try (var upstream = redirecting(302, "http://[::1/")) {
            Relay.run("get", upstream.url()).mustFailWith(3);
        }
    }

    @Test
    void theBodyOfARedirectNeedNotEnd() throws Exception {
        var endless = Answer.redirect(302, "/end").body(Content.endless()).chunked();
        try (var upstream = ScriptedUpstream.answering(endless, Answer.ok("the end"))) {
            assertThat(Relay.run("get", upstream.url()).mustSucceed().stdout()).isEqualTo("the end");
        }
    }

    @Test
    void theErrorNamesThePlaceItCameFrom() throws Exception {
        int nobody = Ports.refusing();
        try (var upstream = redirecting(302, "http://127.0.0.1:" + nobody + "/there")) {
            assertThat(Relay.run("get", upstream.url()).mustFailWith(7).stderr())
                    .contains("127.0.0.1:" + nobody + "/there");
        }
    }

    private static String[] get(String[] some, String... more) {
        var all = new ArrayList<>(List.of("get"));
        all.addAll(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
