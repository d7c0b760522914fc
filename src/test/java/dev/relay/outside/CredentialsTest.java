package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.DigestServer;
import dev.relay.support.Entity;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks is said in the way that was wanted, and what proves it is shown nowhere. */
class CredentialsTest {
    private static final String SECRET = "hunter2-secret";

    @TempDir
    Path directory;

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /** What a run said, to whom, and that nothing of it can be seen. */
    private Run checked(Relay relay, String url, String... options) {
        var all = new ArrayList<>(List.of("get", "-v", "--debug", "--report", "report.json"));
        all.addAll(List.of(options));
        all.add(url);
        var run = relay.with(all.toArray(new String[0]));
        assertThat(run.stderr())
                .doesNotContain(
                        SECRET,
                        Base64.getEncoder().encodeToString(("alice:" + SECRET).getBytes(StandardCharsets.UTF_8)));
        return run;
    }

    private Run checkedWithReport(String url, String... options) throws Exception {
        var run = checked(Relay.in(directory), url, options);
        assertThat(Files.readString(directory.resolve("report.json"))).doesNotContain(SECRET, "YWxpY2U6");
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        "alice:hunter2-secret, alice:hunter2-secret",
        "alice:, alice:",
        "alice:a:b, alice:a:b",
        ":hunter2-secret, :hunter2-secret",
        "j\u00e4:p\u00e4ss, j\u00e4:p\u00e4ss",
    })
    void userAndPasswordGoWithTheFirstRequest(String typed, String sent) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            checkedWithReport(upstream.url(), "-u", typed).mustSucceed();
            assertThat(upstream.request(0).header("Authorization")).isEqualTo(basic(sent));
        }
    }

    @Test
    void aTokenGoesAsABearer() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            checkedWithReport(upstream.url(), "--bearer", SECRET).mustSucceed();
            checkedWithReport(upstream.url(), "--oauth2-bearer", SECRET).mustSucceed();
            assertThat(upstream.requests())
                    .extracting(request -> request.header("Authorization"))
                    .containsOnly("Bearer " + SECRET);
        }
    }

    @Test
    void secretsCanStandInFilesVariablesAndOnStandardInput() throws Exception {
        Files.writeString(directory.resolve("whole"), "alice:" + SECRET + "\n");
        Files.writeString(directory.resolve("part"), SECRET + "\r\n");
        Files.writeString(directory.resolve("odd"), "@" + SECRET);
        try (var upstream = ScriptedUpstream.sending("hello")) {
            for (String typed : List.of("@whole", "alice:@part", "env:WHOLE", "alice:env:PART")) {
                var relay = Relay.in(directory)
                        .withEnvironment("WHOLE", "alice:" + SECRET)
                        .withEnvironment("PART", SECRET);
                checked(relay, upstream.url(), "-u", typed).mustSucceed();
            }
            Relay.reading(SECRET + "\n")
                    .with("get", "-u", "alice:@-", upstream.url())
                    .mustSucceed();
            assertThat(upstream.requests())
                    .extracting(request -> request.header("Authorization"))
                    .hasSize(5)
                    .containsOnly(basic("alice:" + SECRET));
            // What is read is taken as it is.
            Relay.in(directory).with("get", "-u", "alice:@odd", upstream.url()).mustSucceed();
            assertThat(upstream.request(5).header("Authorization")).isEqualTo(basic("alice:@" + SECRET));
            Relay.in(directory).with("get", "--bearer", "@part", upstream.url()).mustSucceed();
            assertThat(upstream.request(6).header("Authorization")).isEqualTo("Bearer " + SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice:@hunter2-secret      | 26 | cannot read the input: --user: the file that it names: no such file",
                "@hunter2-secret            | 26 | cannot read the input: --user: the file that it names: no such file",
                "alice:env:hunter2-secret   | 2  | usage: --user: the environment variable that it names is not set",
                "alice                      | 2  | usage: --user: the password is missing, and there is no terminal to ask for it",
                "@lines                     | 2  | usage: --user: its value holds a line break",
                "''                         | 2  | usage: --user: names no user",
                "alice:@latin1              | 2  | usage: --user: its value is not text in UTF-8",
            })
    void aSecretThatCannotBeReadIsToldWithoutIt(String typed, int code, String message) throws Exception {
        Files.writeString(directory.resolve("lines"), "alice:" + SECRET + "\nbob:" + SECRET + "\n");
        Files.write(directory.resolve("latin1"), (SECRET + "\u00e4").getBytes(StandardCharsets.ISO_8859_1));
        var run =
                checked(Relay.in(directory), "http://127.0.0.1:1/", "-u", typed).mustFailWith(code);
        assertThat(run.stderr()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-secret\u00e4", "hunter2-secret\u0007", "hunter2-secret\nX: y", ""})
    void aTokenThatNoFieldCanHoldIsRefused(String token) {
        checked(Relay.in(directory), "http://127.0.0.1:1/", "--bearer", token).mustFailWith(2);
    }

    @Test
    void aMissingPasswordIsAskedFor() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var asked = new ArrayList<String>();
            Relay.in(directory)
                    .answering(question -> {
                        asked.add(question);
                        return SECRET;
                    })
                    .with("get", "-u", "alice", upstream.url())
                    .mustSucceed();
            assertThat(asked).containsExactly("Password of alice for the host: ");
            assertThat(upstream.request(0).header("Authorization")).isEqualTo(basic("alice:" + SECRET));
        }
    }

    @Test
    void theOrderIsFieldThenOptionThenUrlThenNetrc() throws Exception {
        Files.writeString(directory.resolve("netrc"), "default login n password 1");
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String inUrl = "http://u:2@" + upstream.authority() + "/";
            String[][] lines = {
                {"-H", "Authorization: own", "-u", "o:3", "--netrc-file", "netrc", inUrl},
                {"-u", "o:3", "--netrc-file", "netrc", inUrl},
                {"--netrc-optional", "--netrc-file", "netrc", inUrl},
                {"--netrc-file", "netrc", upstream.url()},
                {"--bearer", "t", "--netrc-file", "netrc", inUrl},
            };
            for (String[] line : lines) {
                var all = new ArrayList<>(List.of("get"));
                all.addAll(List.of(line));
                Relay.in(directory).with(all.toArray(new String[0])).mustSucceed();
            }
            assertThat(upstream.requests())
                    .extracting(request -> request.header("Authorization"))
                    .containsExactly("own", basic("o:3"), basic("u:2"), basic("n:1"), "Bearer t");
        }
    }

    @Test
    void loginAndTokenExcludeEachOther() {
        assertThat(Relay.run("get", "-u", "a:b", "--bearer", "t", "http://127.0.0.1:1/")
                        .mustFailWith(2)
                        .stderr())
                .contains("--user: excludes --bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256"})
    void digestProvesThePasswordWithoutSendingIt(String algorithm) throws Exception {
        var server = new DigestServer(algorithm, "alice", SECRET, request -> Answer.ok("hello"));
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            var run = checkedWithReport(upstream.url("/a?b=c"), "--digest", "-u", "alice:" + SECRET);
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(upstream.request(0).header("Authorization")).isNull();
            assertThat(upstream.request(1).header("Authorization")).startsWith("Digest username=\"alice\"");
            assertThat(run.stderr()).contains("> Authorization: Digest (redacted)");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void theNameOfTheUserIsHashedWhenTheServerWantsIt() throws Exception {
        var server =
                new DigestServer("SHA-256", "alice", SECRET, request -> Answer.ok("hello")).with(", userhash=true");
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            Relay.run("get", "--digest", "-u", "alice:" + SECRET, upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(1).header("Authorization")).doesNotContain("alice");
        }
    }

    @ParameterizedTest
    @CsvSource({"-d, the body", "-T, body", "--data-binary, @body"})
    void aBodyThatCanBeSentAgainIsSentToWhoAsks(String option, String value) throws Exception {
        Files.writeString(directory.resolve("body"), "the body");
        var server = new DigestServer("SHA-256", "alice", SECRET, request -> Answer.ok(request.bodyText()));
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            var run = Relay.in(directory)
                    .with("post", "--digest", "-u", "alice:" + SECRET, option, value, upstream.url("/post"));
            assertThat(run.mustSucceed().stdout()).isEqualTo("the body");
        }
    }

    /** The server is asked first, without it, what it wants to know. */
    @Test
    void aBodyThatCanBeSentOnceIsSentOnceTheServerKnowsWhoSendsIt() throws Exception {
        var server = new DigestServer("SHA-256", "alice", SECRET, request -> Answer.ok(request.bodyText()));
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            var run = Relay.reading("from a pipe")
                    .with("post", "--digest", "-u", "alice:" + SECRET, "-T", "-", upstream.url("/post"));
            assertThat(run.mustSucceed().stdout()).isEqualTo("from a pipe");
            assertThat(upstream.requests())
                    .extracting(RecordedRequest::bodyText)
                    .containsExactly("", "from a pipe");
        }
    }

    @Test
    void aBodyThatCanBeSentOnceIsNotSentAgainWhenTheNonceIsRefused() throws Exception {
        var number = new AtomicInteger();
        try (var upstream = ScriptedUpstream.answering(request -> Answer.status(401)
                .line("WWW-Authenticate: Digest realm=r, qop=auth, nonce=\"" + number.incrementAndGet()
                        + "\", stale=true"))) {
            var run = Relay.reading("from a pipe")
                    .with("post", "--digest", "-u", "alice:" + SECRET, "-T", "-", upstream.url("/post"));
            assertThat(run.mustFailWith(65).stderr()).doesNotContain(SECRET);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws Exception {
        var server = new DigestServer("MD5", "alice", "right", request -> Answer.ok("hello"));
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            checkedWithReport(upstream.url(), "--digest", "-u", "alice:" + SECRET)
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void aNonceServesRedirectsAndContinuationsUntilItIsStale() throws Exception {
        var entity = Entity.of("hello world").withEtag("\"1\"");
        var server = new DigestServer("SHA-256", "alice", SECRET, request -> switch (request.target()) {
            case "/start" -> Answer.redirect(302, "/next");
            case "/next" -> Answer.redirect(302, "/end");
            default -> request.header("Range") == null ? entity.answer(request).cutAfter(5) : entity.answer(request);
        });
        try (var upstream = ScriptedUpstream.answering(server.renewingAfter(2)::answer)) {
            var run = Relay.run("get", "--digest", "-u", "alice:" + SECRET, upstream.url("/start"))
                    .mustSucceed();
            assertThat(run.stdout()).isEqualTo("hello world");
            assertThat(upstream.requests())
                    .filteredOn(request -> request.header("Authorization") == null)
                    .hasSize(1);
            assertThat(upstream.requests())
                    .extracting(RecordedRequest::target)
                    .startsWith("/start", "/start", "/next", "/end", "/end");
        }
    }

    @Test
    void aServerThatForgetsItsNoncesWithoutAWordIsAnsweredAnew() throws Exception {
        var server = new DigestServer(
                "MD5",
                "alice",
                SECRET,
                request -> request.target().equals("/start") ? Answer.redirect(302, "/end") : Answer.ok("hello"));
        try (var upstream = ScriptedUpstream.answering(server.renewingAfter(1).withoutStale()::answer)) {
            Relay.run("get", "--digest", "-u", "alice:" + SECRET, upstream.url("/start"))
                    .mustSucceed();
        }
    }

    @Test
    void parallelRangesShareTheNonce() throws Exception {
        String body = "x".repeat(640 * 1024);
        var entity = Entity.of(body).withEtag("\"v\"");
        var server = new DigestServer("SHA-256", "alice", SECRET, entity::answer);
        var counted = new AtomicInteger();
        try (var upstream = ScriptedUpstream.answering(request -> {
            var answer = server.inAnyOrder().answer(request);
            if (answer.status() == 401) {
                counted.incrementAndGet();
            }
            return answer;
        })) {
            var run = Relay.run(
                    "get",
                    "--digest",
                    "-u",
                    "alice:" + SECRET,
                    "--parallel",
                    "4",
                    "--segment-size",
                    "64K",
                    upstream.url());
            assertThat(run.mustSucceed().stdout()).isEqualTo(body);
            assertThat(counted).hasValue(1);
        }
    }

    @Test
    void aServerThatIsNeverContentEndsTheRun() throws Exception {
        var number = new AtomicInteger();
        try (var upstream = ScriptedUpstream.answering(request -> Answer.status(401)
                .line("WWW-Authenticate: Digest realm=r, nonce=\"" + number.incrementAndGet() + "\", stale=true"))) {
            Relay.run("get", "--digest", "-u", "a:b", upstream.url()).mustFailWith(22);
            assertThat(upstream.requests()).hasSizeLessThan(6);
        }
    }

    @Test
    void anyauthSendsNothingBeforeItIsAskedAndThenTheSafest() throws Exception {
        var server = new DigestServer("SHA-256", "alice", SECRET, request -> Answer.ok("hello"));
        try (var upstream = ScriptedUpstream.answering(server::answer)) {
            Relay.run("get", "--anyauth", "-u", "alice:" + SECRET, upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(0).header("Authorization")).isNull();
            assertThat(upstream.request(1).header("Authorization")).startsWith("Digest ");
        }
        var asksForBasic = Answer.status(401).line("WWW-Authenticate: Negotiate, Basic realm=\"x\"");
        try (var upstream = ScriptedUpstream.answering(asksForBasic, Answer.ok("hello"))) {
            Relay.run("get", "--anyauth", "-u", "alice:" + SECRET, upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(0).header("Authorization")).isNull();
            assertThat(upstream.request(1).header("Authorization")).isEqualTo(basic("alice:" + SECRET));
        }
        try (var upstream = ScriptedUpstream.answering(asksForBasic)) {
            Relay.run("get", "--anyauth", "-u", "alice:" + SECRET, upstream.url())
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void digestNeverFallsBackToSendingThePassword() throws Exception {
        try (var upstream =
                ScriptedUpstream.answering(Answer.status(401).line("WWW-Authenticate: Basic realm=\"x\""))) {
            Relay.run("get", "--digest", "-u", "alice:" + SECRET, upstream.url())
                    .mustFailWith(22);
            assertThat(upstream.requests()).hasSize(1);
            assertThat(upstream.request(0).header("Authorization")).isNull();
        }
    }
}
