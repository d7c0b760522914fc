package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedProxy;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a proxy everything arrives as without one; what is for the proxy stays with it, what is not never gets there. */
class ProxyTest {
    private static final TlsIdentity SERVER = TlsIdentity.of("origin.relay.test", "127.0.0.1");
    private static final String SECRET = "rosebud";

    @TempDir
    Path directory;

    private static Run get(String... arguments) {
        var line = new ArrayList<>(List.of("get", "--retry", "0"));
        line.addAll(List.of(arguments));
        return Relay.run(line.toArray(new String[0]));
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void anHttpUrlIsPutToTheProxyAsItIs() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            var run = get("-x", proxy.authority(), "-A", "agent", "http://nosuch.relay.test/a?b");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(proxy.heads())
                    .containsExactly(head(
                            "GET http://nosuch.relay.test/a?b HTTP/1.1",
                            "Host: nosuch.relay.test",
                            "User-Agent: agent",
                            "Accept: */*"));
        }
    }

    @Test
    void anHttpsUrlGoesThroughAConnectionThatTheProxyCannotLookInto() throws Exception {
        String authority = SERVER.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER);
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            var run = get(
                    "-x",
                    "http://" + proxy.authority(),
                    "--cacert",
                    authority,
                    "-A",
                    "agent",
                    "-H",
                    "X-Origin: yes",
                    "--proxy-header",
                    "X-Proxy: yes",
                    "https://origin.relay.test/a");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(proxy.heads())
                    .containsExactly(head(
                            "CONNECT origin.relay.test:443 HTTP/1.1",
                            "Host: origin.relay.test:443",
                            "User-Agent: agent",
                            "X-Proxy: yes"));
            assertThat(upstream.request(0).headText()).contains("X-Origin: yes").doesNotContain("X-Proxy");
        }
    }

    @Test
    void theNameOfTheServerIsVerifiedThroughAProxyToo() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER);
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            String authority = SERVER.authorityFile(directory).toString();
            get("-x", proxy.authority(), "--cacert", authority, "https://other.relay.test/")
                    .mustFailWith(60);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"Basic, http", "Basic, https", "Digest, http", "Digest, https"})
    void theLoginIsShownToTheProxyAlone(String scheme, String urlScheme) throws Exception {
        boolean secure = urlScheme.equals("https");
        var server = ScriptedUpstream.sending("hello");
        try (var upstream = secure ? server.as(SERVER) : server;
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            var asking =
                    scheme.equals("Basic") ? proxy.wanting("kane:" + SECRET) : proxy.wantingDigest("kane:" + SECRET);
            String option = scheme.equals("Basic") ? "--proxy-basic" : "--proxy-digest";
            String url = urlScheme + "://origin.relay.test/";
            var run = get("-k", "-v", "-x", asking.authority(), "-U", "kane:" + SECRET, option, url);
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(proxy.heads()).hasSize(scheme.equals("Basic") ? 1 : 2);
            assertThat(proxy.heads().getLast()).contains("Proxy-Authorization: " + scheme + " ");
            assertThat(upstream.request(0).headText()).doesNotContain("Proxy-");
            assertThat(run.stderr())
                    .contains("Proxy-Authorization: " + scheme + " (redacted)")
                    .doesNotContain(SECRET, "a2FuZTpyb3NlYnVk");
            get("-k", "-x", asking.authority(), "-U", "kane:" + SECRET, "--proxy-anyauth", url)
                    .mustSucceed();
            get("-k", "-x", "http://kane:" + SECRET + "@" + asking.authority(), option, url)
                    .mustSucceed();
        }
    }

    @Test
    void aProxyThatWantsALoginSaysSo() throws Exception {
        try (var proxy = new ScriptedProxy().wanting("kane:" + SECRET)) {
            var run = get("-x", proxy.authority(), "https://origin.relay.test/");
            assertThat(run.mustFailWith(97).stderr())
                    .contains("the proxy refused: https://origin.relay.test/: the proxy http://" + proxy.authority()
                            + ": it wants a login (--proxy-user gives one)");
            run = get("-x", proxy.authority(), "-U", "kane:wrong-" + SECRET, "https://origin.relay.test/");
            assertThat(run.mustFailWith(97).stderr())
                    .contains("it refuses the login")
                    .doesNotContain(SECRET);
            get("-x", proxy.authority(), "--proxy-digest", "-U", "kane:x", "https://origin.relay.test/")
                    .mustFailWith(97);
            // Where the proxy forwards, its answer is an answer.
            get("-x", proxy.authority(), "http://origin.relay.test/").mustFailWith(22);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        HTTP/1.1 403 Filtered          | 97 | it answered 403 Forbidden to CONNECT origin.relay.test:443
        HTTP/1.0 502 Bad Gateway       | 97 | it answered 502 Bad Gateway to CONNECT origin.relay.test:443
        SSH-2.0-OpenSSH_9.2            | 97 | its answer to CONNECT is no HTTP
        """)
    void whatTheProxyAnswersInsteadIsTold(String line, int exit, String why) throws Exception {
        try (var proxy = new ScriptedProxy().answering(line + "\r\n\r\n")) {
            assertThat(get("-x", proxy.authority(), "https://origin.relay.test/")
                            .mustFailWith(exit)
                            .stderr())
                    .contains("the proxy http://" + proxy.authority() + ": " + why);
        }
    }

    @Test
    void aProxyThatClosesOrKeepsSilentIsNotWaitedForForEver() throws Exception {
        try (var closing = new ScriptedProxy().answering("");
                var silent = new ScriptedProxy().silent()) {
            assertThat(get("-x", closing.authority(), "https://origin.relay.test/")
                            .mustFailWith(56)
                            .stderr())
                    .contains("it closed the connection before its answer");
            for (String scheme : new String[] {"http", "socks5h", "socks4a"}) {
                String proxy = scheme + "://" + silent.authority();
                assertThat(get("--connect-timeout", "300ms", "-x", proxy, "https://origin.relay.test/")
                                .mustFailWith(28)
                                .stderr())
                        .contains("the proxy " + proxy + ": no answer for 0.3 s");
            }
        }
    }

    @Test
    void aProxyThatCannotBeReachedIsNamed() throws Exception {
        int port = Ports.refusing();
        for (String url : new String[] {"http://origin.relay.test/", "https://origin.relay.test/"}) {
            assertThat(get("-x", "127.0.0.1:" + port, url).mustFailWith(7).stderr())
                    .contains(url + ": the proxy http://127.0.0.1:" + port + ": connection refused");
            assertThat(get("-x", "nosuch.invalid:1", url).mustFailWith(5).stderr())
                    .contains("cannot resolve the proxy", "nosuch.invalid");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "socks4, origin.relay.test, 127.0.0.1",
        "socks4a, origin.relay.test, origin.relay.test",
        "socks5, origin.relay.test, 127.0.0.1",
        "socks5h, origin.relay.test, origin.relay.test",
        "socks5h, 127.0.0.1, 127.0.0.1"
    })
    void socksIsAskedByNameOrByAddress(String scheme, String host, String asked) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER);
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            var line = new ArrayList<>(List.of("-k", "-x", scheme + "://" + proxy.authority()));
            if (asked.equals("127.0.0.1") && !host.equals(asked)) {
                line.addAll(List.of("--resolve", host + ":443:127.0.0.1"));
            }
            line.add("https://" + host + "/");
            assertThat(get(line.toArray(new String[0])).mustSucceed().stdout()).isEqualTo("hello");
            assertThat(proxy.destinations()).containsExactly(asked + ":443");
        }
    }

    @Test
    void socksCarriesHttpInClearAndItsAliasesAreThere() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            for (String option : new String[] {"--socks5-hostname", "--socks4a"}) {
                get(option, proxy.authority(), "http://origin.relay.test/a").mustSucceed();
            }
            for (String option : new String[] {"--socks5", "--socks4"}) {
                get(option, proxy.authority(), "http://127.0.0.1/a").mustSucceed();
            }
            assertThat(upstream.request(3).target()).isEqualTo("/a");
        }
    }

    @Test
    void socksShowsTheLoginWhenItIsWanted() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var proxy = new ScriptedProxy().leadingTo(upstream.port()).wanting("kane:" + SECRET)) {
            String url = "http://origin.relay.test/";
            String socks = "socks5h://" + proxy.authority();
            get("-x", socks, "-U", "kane:" + SECRET, url).mustSucceed();
            get("-x", "socks5h://kane:" + SECRET + "@" + proxy.authority(), url).mustSucceed();
            assertThat(proxy.destinations().getFirst()).isEqualTo("kane:" + SECRET + "@origin.relay.test:80");
            assertThat(get("-x", socks, url).mustFailWith(97).stderr())
                    .contains("it wants a login (--proxy-user gives one)");
            assertThat(get("-x", socks, "-U", "kane:not-" + SECRET, url)
                            .mustFailWith(97)
                            .stderr())
                    .contains("it refuses the user name or the password")
                    .doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "socks5h, 5, connection refused",
        "socks5h, 2, not allowed",
        "socks4a, 91, refused or failed",
        "socks4a, 93, does not know the user"
    })
    void socksThatRefusesIsNinetySeven(String scheme, int code, String why) throws Exception {
        try (var proxy = new ScriptedProxy().refusingWith(code)) {
            assertThat(get("-x", scheme + "://" + proxy.authority(), "http://origin.relay.test/")
                            .mustFailWith(97)
                            .stderr())
                    .contains("it has not connected to origin.relay.test:80: ", why);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5h", "socks4a"})
    void whatIsNoSocksIsNinetySeven(String scheme) throws Exception {
        try (var upstream = ScriptedUpstream.atFirstByte(Answer.raw("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertThat(get("-x", scheme + "://127.0.0.1:" + upstream.port(), "http://origin.relay.test/")
                            .mustFailWith(97)
                            .stderr())
                    .contains("it does not speak SOCKS");
        }
    }

    @Test
    void aProxyMayBeSpokenToOverTls() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER);
                var clear = ScriptedUpstream.sending("clear");
                var proxy = new ScriptedProxy().as(identity)) {
            String https = "https://" + proxy.authority();
            String url = upstream.url();
            assertThat(get("-k", "-x", https, url).mustFailWith(60).stderr())
                    .contains("the proxy " + https, "--proxy-cacert FILE");
            assertThat(get("-k", "-x", https, "--proxy-cacert", authority, url)
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
            get("-k", "-x", https, "--proxy-insecure", url).mustSucceed();
            get("-x", https, "--proxy-cacert", authority, clear.url()).mustSucceed();
            assertThat(proxy.heads().getLast()).startsWith("GET " + clear.url() + " HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tunnel", "socks5h", "socks4a", "https"})
    void aBodyThatBreaksIsResumedThroughEveryRoute(String route) throws Exception {
        Content content = Content.noise(3, 300_000);
        boolean secure = route.equals("https");
        var server = ScriptedUpstream.sending(content)
                .withEtag("\"v1\"")
                .cuttingAfter(100_000)
                .times(2);
        try (var upstream = secure ? server.as(SERVER) : server;
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            String scheme = route.startsWith("socks") ? route : "http";
            var line = new ArrayList<>(
                    List.of("get", "--retry-delay", "10ms", "-k", "-x", scheme + "://" + proxy.authority()));
            if (route.equals("tunnel")) {
                line.add("-p");
            }
            line.add((secure ? "https" : "http") + "://origin.relay.test/");
            var run = Relay.run(line.toArray(new String[0]));
            assertThat(Arrays.equals(run.mustSucceed().stdoutBytes(), content.bytes()))
                    .isTrue();
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=100000-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5h"})
    void aBodyComesInPartsThroughAProxy(String scheme) throws Exception {
        Content content = Content.noise(4, 400_000);
        try (var upstream = ScriptedUpstream.sending(content).withEtag("\"v1\"");
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            var run = get(
                    "--parallel",
                    "3",
                    "--segment-size",
                    "64K",
                    "-x",
                    scheme + "://" + proxy.authority(),
                    "http://origin.relay.test/");
            assertThat(Arrays.equals(run.mustSucceed().stdoutBytes(), content.bytes()))
                    .isTrue();
            assertThat(proxy.connections()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void limitsHoldThroughAProxy() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5);
                var proxy = new ScriptedProxy().leadingTo(upstream.port())) {
            get("--no-resume", "--idle-timeout", "300ms", "-x", proxy.authority(), "http://origin.relay.test/")
                    .mustFailWith(28);
        }
    }

    @Test
    void redirectsTakeTheirOwnRoute() throws Exception {
        try (var secure = ScriptedUpstream.sending("there").as(SERVER);
                var clear =
                        ScriptedUpstream.answering(Answer.redirect(302, secure.url("https", "127.0.0.1", "/there")));
                var proxy = new ScriptedProxy()) {
            var run = get("-k", "-x", proxy.authority(), "-U", "kane:" + SECRET, clear.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo("there");
            assertThat(proxy.heads().get(0)).startsWith("GET http://127.0.0.1:");
            assertThat(proxy.heads().get(1)).startsWith("CONNECT 127.0.0.1:" + secure.port());
            assertThat(secure.request(0).headText()).doesNotContain("Proxy-");
        }
    }

    @Test
    void whereToConnectIsSaidToTheProxyToo() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var proxy = new ScriptedProxy()) {
            String to = "origin.relay.test:80:127.0.0.1:" + upstream.port();
            get("-x", proxy.authority(), "--connect-to", to, "http://origin.relay.test/")
                    .mustSucceed();
            assertThat(proxy.heads().getFirst()).startsWith("CONNECT 127.0.0.1:" + upstream.port() + " ");
            assertThat(upstream.request(0).header("Host")).isEqualTo("origin.relay.test");
        }
    }
}
