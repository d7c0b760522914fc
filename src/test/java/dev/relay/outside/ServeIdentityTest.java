package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.DigestServer;
import dev.relay.support.RawClient;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedProxy;
import dev.relay.support.ScriptedUpstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whose name serve asks an upstream, by which way, and who may ask relay itself. */
class ServeIdentityTest {
    private static final String SECRET = "s3cret-word";

    @TempDir
    Path directory;

    @BeforeEach
    void filesAreThere() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        Files.writeString(directory.resolve("password"), SECRET + "\n");
        Files.writeString(directory.resolve("netrc"), "machine 127.0.0.1 login alice password " + SECRET + "\n");
        Files.copy(directory.resolve("netrc"), directory.resolve(".netrc"));
    }

    private Relay.Running serve(String... argv) {
        var all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(argv));
        return relay().starting(all.toArray(new String[0]));
    }

    private Relay relay() {
        return Relay.in(directory).withEnvironment("HOME", directory.toString()).withEnvironment("WORD", SECRET);
    }

    private void configure(String text) throws Exception {
        Files.createDirectories(directory.resolve(".config/relay"));
        Files.writeString(directory.resolve(".config/relay/config"), text);
    }

    private static String download(Relay.Running run, String... lines) throws Exception {
        URI url = URI.create(run.stdout().awaitLine());
        try (var client = RawClient.to(url.getPort()).get(url.getRawPath(), lines)) {
            return client.restText();
        }
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u alice:" + SECRET,
                "-u alice:@password",
                "-u alice:env:WORD",
                "--bearer env:WORD",
                "-n",
                "--netrc-file netrc"
            })
    void whatIdentifiesGoesToTheUpstreamAloneAndCrossesNoOrigin(String options) throws Exception {
        try (var elsewhere = ScriptedUpstream.sending("hello");
                var upstream =
                        ScriptedUpstream.answering(request -> request.target().equals("/moved")
                                ? Answer.redirect(302, elsewhere.url("http", "localhost", "/a"))
                                : Answer.ok("hello"))) {
            String expected = options.contains("bearer") ? "Bearer " + SECRET : basic("alice:" + SECRET);
            for (String target : List.of("/a", "/moved")) {
                var argv = new ArrayList<>(List.of(options.split(" ", -1)));
                argv.addAll(List.of("-v", "--header-policy", "all", upstream.url(target)));
                try (var run = serve(argv.toArray(new String[0]))) {
                    assertThat(download(run, "Authorization: Basic dGhlaXI6b3du"))
                            .endsWith("hello")
                            .doesNotContain(SECRET, expected);
                    assertThat(run.end().mustSucceed().stderr()).doesNotContain(SECRET, expected);
                }
            }
            assertThat(upstream.requests())
                    .hasSize(4)
                    .allSatisfy(request ->
                            assertThat(request.headers("Authorization")).containsExactly(expected));
            assertThat(elsewhere.requests())
                    .hasSize(2)
                    .allSatisfy(request ->
                            assertThat(request.headers("Authorization")).doesNotContain(expected));
        }
    }

    @Test
    void digestIsProvedForEachClientWithoutTellingThePassword() throws Exception {
        var server = new DigestServer("SHA-256", "alice", SECRET, _ -> Answer.ok("hello"));
        try (var upstream = ScriptedUpstream.answering(server::answer);
                var run = serve("--digest", "-u", "alice:" + SECRET, "--no-probe", "--count", "2", upstream.url())) {
            assertThat(download(run)).endsWith("hello").doesNotContain("WWW-Authenticate");
            String second = download(run);
            while (second.startsWith("HTTP/1.1 503")) {
                second = download(run);
            }
            assertThat(second).endsWith("hello");
            run.end().mustSucceed();
            assertThat(upstream.requests())
                    .allSatisfy(request -> assertThat(request.headText()).doesNotContain(SECRET));
        }
    }

    /** Both directions at once: the challenge is asked for before the body is on its way. */
    @ParameterizedTest
    @ValueSource(strings = {"--digest", "--anyauth"})
    void digestIsProvedBeforeABodyThatCannotBeRepeated(String how) throws Exception {
        var server = new DigestServer("SHA-256", "alice", SECRET, request -> Answer.ok("got " + request.bodyText()));
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            assertThat(Relay.reading("a body")
                            .with("duplex", how, "-u", "alice:" + SECRET, upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("got a body");
            assertThat(bodies(upstream)).containsExactly("", "a body");
        }
        var another = new DigestServer("SHA-256", "alice", SECRET, request -> Answer.ok("got " + request.bodyText()));
        try (var upstream = ScriptedUpstream.answering(another::answer);
                var run = serve("--duplex", how, "-u", "alice:" + SECRET, upstream.url())) {
            URI url = URI.create(run.stdout().awaitLine());
            try (var client = RawClient.to(url.getPort())
                    .request("POST", url.getRawPath(), "Content-Length: 2", "Authorization: Basic dGhlaXI6b3du")) {
                assertThat(client.send("hi").restText()).endsWith("got hi");
            }
            run.end().mustSucceed();
            assertThat(bodies(upstream)).containsExactly("", "hi");
        }
    }

    private static List<String> bodies(ScriptedUpstream upstream) {
        return upstream.requests().stream().map(RecordedRequest::bodyText).toList();
    }

    @Test
    void aBodyIsSentForEachClientAndNotToProbe() throws Exception {
        try (var upstream = ScriptedUpstream.answering(request -> Answer.ok("got " + request.bodyText()));
                var run = serve("-X", "POST", "-d", "q=1", "-d", "@a.txt", upstream.url())) {
            assertThat(download(run)).endsWith("got q=1&hello");
            run.end().mustSucceed();
            assertThat(upstream.requests()).hasSize(1);
            assertThat(upstream.request(0).header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        }
        relay().with("serve", "-X", "POST", "-d", "@none", "http://127.0.0.1:1/")
                .mustFailWith(26);
    }

    @Test
    void aPasswordThatIsWrongIsToldBeforeAnythingListens() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(401))) {
            assertThat(relay().with("serve", "-u", "alice:" + SECRET, upstream.url())
                            .mustFailWith(22)
                            .stdout())
                    .isEmpty();
        }
    }

    @Test
    void cookiesAreSentForTheClientWhoseOwnAreNot() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.ok("hello").line("Set-Cookie: theirs=1"));
                var run = serve(
                        "-b", "ours=1", "--header-policy", "all", "--drop-header", "Set-Cookie", upstream.url())) {
            assertThat(download(run, "Cookie: client=1")).endsWith("hello").doesNotContainIgnoringCase("cookie");
            run.end().mustSucceed();
            assertThat(upstream.requests()).hasSize(2);
            assertThat(upstream.request(0).headers("Cookie")).containsExactly("ours=1");
            assertThat(upstream.request(1).headers("Cookie")).containsExactly("theirs=1; ours=1");
        }
        try (var upstream = ScriptedUpstream.sending("hello");
                var run = serve("--duplex", "-b", "ours=1", "--header-policy", "all", upstream.url())) {
            assertThat(download(run, "Cookie: client=1")).endsWith("hello");
            run.end().mustSucceed();
            assertThat(upstream.request(0).headers("Cookie")).containsExactly("ours=1");
        }
        relay().with("serve", "-c", "jar", "http://127.0.0.1:1/").mustFailWith(2);
    }

    @Test
    void aProxyIsAskedAsForOtherCommands() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var proxy = new ScriptedProxy().wanting("me:" + SECRET)) {
            try (var run = serve("-x", proxy.authority(), "-U", "me:env:WORD", upstream.url("/a"))) {
                assertThat(download(run)).endsWith("hello");
                run.end().mustSucceed();
            }
            assertThat(proxy.heads()).hasSize(2);
            Relay told = relay().withEnvironment("http_proxy", "me:" + SECRET + "@" + proxy.authority());
            try (var run = told.starting("serve", upstream.url("/a"))) {
                assertThat(download(run)).endsWith("hello");
                run.end().mustSucceed();
            }
            assertThat(proxy.heads()).hasSize(4);
            try (var run = told.starting("serve", "--noproxy", "127.0.0.1", upstream.url("/a"))) {
                assertThat(download(run)).endsWith("hello");
                run.end().mustSucceed();
            }
            assertThat(proxy.heads()).hasSize(4);
            assertThat(upstream.requests())
                    .allSatisfy(request ->
                            assertThat(request.headText()).doesNotContainIgnoringCase("Proxy-Authorization"));
        }
    }

    @Test
    void theUsersOwnFileIsReadAndWhatIsForAnUpstreamIsPassedOverForAFile() throws Exception {
        configure("user = alice:" + SECRET
                + "\nproxy = 127.0.0.1:1\nnoproxy = *\nretry = 1\nrange = 0-1\ncookie = a=b\ndata = x\nheader = \"X-Own: 1\""
                + "\noutput = file\nname = n.txt\n");
        try (var run = serve("a.txt")) {
            assertThat(download(run)).contains("filename=\"n.txt\"").endsWith("hello");
            run.end().mustSucceed();
        }
        configure(
                "user = alice:" + SECRET + "\nretry = 1\ncookie = a=b\nheader = \"X-Own: 1\"\nrange = 0-1\nlocation\n");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            for (String option : List.of("--no-probe", "--duplex")) {
                try (var run = serve(option, upstream.url("/a"))) {
                    assertThat(download(run)).endsWith("hello");
                    run.end().mustSucceed();
                }
            }
            assertThat(upstream.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEqualTo(basic("alice:" + SECRET));
                assertThat(request.header("X-Own")).isEqualTo("1");
                assertThat(request.header("Range")).isNull();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u a:b a.txt",
                "--netrc a.txt",
                "-b a=b a.txt",
                "-x 127.0.0.1:1 a.txt",
                "-H X:y -",
                "-K named a.txt",
                "--duplex --retry 1 http://127.0.0.1:1/",
                "--duplex --no-probe http://127.0.0.1:1/",
                "-K - -",
                "--auth @- -"
            })
    void whatMeansNothingForTheSourceIsAMisuseWhereItWasTyped(String options) throws Exception {
        Files.writeString(directory.resolve("named"), "user = a:b\n");
        var run = relay().with(("serve " + options).split(" ", -1)).mustFailWith(2);

        assertThat(run.stdout()).isEmpty();
    }

    @Test
    void listenAndDuplexReadTheUsersOwnFileToo() throws Exception {
        configure("auth = me:env:WORD\ntype = text/csv\nuser-agent = own\nretry = 1\n");
        try (var run =
                relay().readingFrom(java.io.InputStream.nullInputStream()).starting("listen")) {
            run.awaitStderr("http://");
            URI url = URI.create(run.told().lines().findFirst().orElseThrow());
            try (var client = RawClient.to(url.getPort()).request("HEAD", url.getRawPath())) {
                assertThat(client.restText()).startsWith("HTTP/1.1 401 ");
            }
            try (var client = RawClient.to(url.getPort())
                    .request(
                            "POST", url.getRawPath(), "Content-Length: 2", "Authorization: " + basic("me:" + SECRET))) {
                assertThat(client.send("hi").restText()).contains("Content-Type: text/csv");
            }
            assertThat(run.end().mustSucceed().stdout()).isEqualTo("hi");
        }
        try (var upstream = ScriptedUpstream.sending("hello")) {
            assertThat(relay().with("duplex", "-v", upstream.url())
                            .mustSucceed()
                            .stderr())
                    .contains("* Options were read from ~/.config/relay/config");
            assertThat(upstream.request(0).header("User-Agent")).isEqualTo("own");
            relay().with("duplex", "-q", upstream.url()).mustSucceed();
            assertThat(upstream.request(1).header("User-Agent")).isNotEqualTo("own");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:" + SECRET, "me:@password", "me:env:WORD", "@login", "env:LOGIN", "me"})
    void whoGetsInIsReadFromWhereItNeedNotBeSeen(String auth) throws Exception {
        Files.writeString(directory.resolve("login"), "me:" + SECRET + "\n");
        Relay relay = relay().withEnvironment("LOGIN", "me:" + SECRET).answering(question -> {
            assertThat(question).isEqualTo("Password of me for the listener: ");
            return SECRET;
        });
        try (var run = relay.starting("serve", "--auth", auth, "a.txt")) {
            assertThat(download(run)).startsWith("HTTP/1.1 401 ");
            assertThat(download(run, "Authorization: " + basic("me:wrong"))).startsWith("HTTP/1.1 401 ");
            assertThat(download(run, "Authorization: " + basic("me:" + SECRET))).endsWith("hello");
            assertThat(run.end().mustSucceed().stderr()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "me:env:NONE", ":" + SECRET})
    void aPasswordThatCannotBeHadIsToldBeforeAnythingListens(String auth) {
        for (String command : List.of("serve a.txt", "listen")) {
            var argv = new ArrayList<>(List.of(command.split(" ", -1)));
            argv.addAll(List.of("--auth", auth));
            var run = relay().with(argv.toArray(new String[0])).mustFailWith(2);
            assertThat(run.stdout()).isEmpty();
            assertThat(run.errorLines())
                    .singleElement()
                    .asString()
                    .contains("--auth")
                    .doesNotContain(SECRET);
        }
        assertThat(relay().with("serve", "--auth", "@none", "a.txt")
                        .mustFailWith(26)
                        .stderr())
                .startsWith("relay: ")
                .doesNotContain("none");
    }
}
