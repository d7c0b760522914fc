package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.OpenSsl;
import dev.relay.support.Ports;
import dev.relay.support.Programs;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which what is served can fail: what curl sees of it, and how relay ends. */
class ServeFailureTest {
    private static final Content CONTENT = Content.noise(5, 2_000_000);
    private static final Content OTHER = Content.noise(6, 2_000_000);
    private static final int CUT = 700_000;

    @TempDir
    Path directory;

    /**
     * A way to fail. Where curl gets a status, it gets an answer that is whole; where not, it must see that the body is
     * not.
     */
    enum Failure {
        REFUSED(502, 7),
        NAME_UNKNOWN(502, 6),
        NO_TLS(502, 35),
        NOT_TRUSTED(502, 60),
        CLOSED_WITHOUT_A_WORD(502, 52),
        RESET_WITHOUT_A_WORD(502, 56),
        NO_HTTP(502, 56),
        SILENT_BEFORE_ITS_HEAD(504, 28),
        NOT_FOUND(404, 103),
        UNAVAILABLE(503, 103),
        CUT_AND_CONTINUED(200, 0),
        RESET_AND_CONTINUED(200, 0),
        CUT_WITH_A_LENGTH(0, 18),
        CUT_IN_CHUNKS(0, 18),
        RESET(0, 56),
        SILENT_IN_ITS_BODY(0, 28),
        CHANGED(0, 102),
        NOT_WHAT_THE_DIGEST_SAYS(0, 101);

        private final int status;
        private final int exit;

        Failure(int status, int exit) {
            this.status = status;
            this.exit = exit;
        }

        boolean isCut() {
            return status == 0;
        }
    }

    private static ScriptedUpstream upstream(Failure failure, TlsIdentity identity) {
        var entity = Entity.of(CONTENT).withEtag("\"v1\"");
        return switch (failure) {
            case REFUSED, NAME_UNKNOWN, NO_TLS -> ScriptedUpstream.atFirstByte(Answer.raw("what?"));
            case NOT_TRUSTED -> ScriptedUpstream.sending("hello").as(identity);
            case CLOSED_WITHOUT_A_WORD -> ScriptedUpstream.atFirstByte(Answer.nothing());
            case RESET_WITHOUT_A_WORD -> ScriptedUpstream.atFirstByte(Answer.reset());
            case NO_HTTP -> ScriptedUpstream.atFirstByte(Answer.raw("220 mail ESMTP\r\n"));
            case SILENT_BEFORE_ITS_HEAD -> ScriptedUpstream.answering(Answer.silence());
            case NOT_FOUND -> ScriptedUpstream.answering(Answer.status(404).body("none"));
            case UNAVAILABLE -> ScriptedUpstream.answering(Answer.status(503).body("later"));
            case CUT_AND_CONTINUED -> ScriptedUpstream.sending(entity).cuttingAfter(CUT);
            case RESET_AND_CONTINUED -> ScriptedUpstream.sending(entity).resettingAfter(CUT);
            case CUT_WITH_A_LENGTH ->
                ScriptedUpstream.sending(CONTENT).cuttingAfter(CUT).everyTime();
            case CUT_IN_CHUNKS ->
                ScriptedUpstream.sending(CONTENT).chunked().cuttingAfter(CUT).everyTime();
            case RESET -> ScriptedUpstream.sending(CONTENT).resettingAfter(CUT).everyTime();
            case SILENT_IN_ITS_BODY ->
                ScriptedUpstream.sending(CONTENT).stallingAfter(CUT).everyTime();
            case CHANGED -> ScriptedUpstream.answering(ServeFailureTest::changing);
            case NOT_WHAT_THE_DIGEST_SAYS ->
                ScriptedUpstream.sending(CONTENT).withLine("Repr-Digest: sha-256=:" + "A".repeat(43) + "=:");
        };
    }

    private static Answer changing(RecordedRequest request) {
        return request.number() == 0
                ? Entity.of(CONTENT).withEtag("\"v1\"").answer(request).cutAfter(CUT)
                : Entity.of(OTHER).withEtag("\"v2\"").answer(request);
    }

    private static String url(Failure failure, ScriptedUpstream upstream) throws Exception {
        return switch (failure) {
            case REFUSED -> "http://127.0.0.1:" + Ports.refusing() + "/a";
            case NAME_UNKNOWN -> "http://none.invalid/a";
            case NO_TLS -> upstream.url("https", "127.0.0.1", "/a");
            default -> upstream.url("/a");
        };
    }

    @ParameterizedTest
    @EnumSource
    void curlSeesWhatBecameOfItAndRelayTells(Failure failure) throws Exception {
        String curl = Programs.require("curl").toString();
        Path got = directory.resolve("got");
        try (var upstream = upstream(failure, TlsIdentity.ofLocalhost());
                var run = Relay.in(directory)
                        .starting(
                                "serve",
                                "--no-probe",
                                "--retry",
                                failure.status == 200 || failure == Failure.CHANGED ? "2" : "0",
                                "--first-byte-timeout",
                                "400ms",
                                "--idle-timeout",
                                "400ms",
                                "--wait",
                                "400ms",
                                url(failure, upstream))) {
            String url = run.stdout().awaitLine();
            var process = new ProcessBuilder(curl, "-sS", "-m", "30", "-o", got.toString(), "-w", "%{http_code}", url)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String status = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            if (failure.isCut()) {
                assertThat(process.exitValue()).isIn(18, 56);
                byte[] bytes = Files.exists(got) ? Files.readAllBytes(got) : new byte[0];
                assertThat(bytes.length).isLessThan(2_000_000);
                assertThat(bytes).isEqualTo(Arrays.copyOf(CONTENT.bytes(), bytes.length));
            } else {
                assertThat(process.exitValue()).isZero();
                assertThat(status).isEqualTo(Integer.toString(failure.status));
                if (failure.status == 200) {
                    assertThat(Files.readAllBytes(got)).isEqualTo(CONTENT.bytes());
                }
            }
            var end = run.end();
            assertThat(end.exit()).as(end.toString()).isEqualTo(failure.exit);
            if (failure.exit != 0) {
                assertThat(end.errorLines()).hasSize(1);
            }
        }
    }

    /** Asked in advance, an upstream that fails is told before anything listens. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {
                "REFUSED",
                "NAME_UNKNOWN",
                "NO_TLS",
                "NOT_TRUSTED",
                "CLOSED_WITHOUT_A_WORD",
                "RESET_WITHOUT_A_WORD",
                "NO_HTTP",
                "SILENT_BEFORE_ITS_HEAD",
                "NOT_FOUND",
                "UNAVAILABLE"
            })
    void theProbeTellsBeforeAnythingListens(Failure failure) throws Exception {
        try (var upstream = upstream(failure, TlsIdentity.ofLocalhost())) {
            int exit = failure == Failure.NOT_FOUND || failure == Failure.UNAVAILABLE ? 22 : failure.exit;
            fails(exit, "--retry", "0", "--first-byte-timeout", "400ms", url(failure, upstream));
        }
    }

    private Run fails(int exit, String... argv) {
        var all = new ArrayList<>(List.of("serve"));
        all.addAll(Arrays.asList(argv));
        var run = Relay.in(directory).with(all.toArray(new String[0])).mustFailWith(exit);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.errorLines()).hasSize(1);
        return run;
    }

    @Test
    void aPlaceWhereNobodyCanListenIsTold() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fails(105, "--port", Integer.toString(taken.getLocalPort()), "a.txt");
        }
        fails(105, "--bind", "192.0.2.1", "a.txt");
        fails(105, "--bind", "none.invalid", "a.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.txt", "sub/none.txt", ".", "folder"})
    void aFileThatIsNoneIsTold(String name) throws Exception {
        Files.createDirectory(directory.resolve("folder"));
        fails(37, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "//here", "", "/a?b", "/a#b", "/../a"})
    void aPathThatIsNoneIsTold(String path) throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        fails(2, "--path", path, "a.txt");
    }

    @Test
    void tlsFilesThatDoNotMatchOrAreNotThereAreTold() throws Exception {
        Programs.require("openssl");
        Files.writeString(directory.resolve("a.txt"), "hello");
        var openssl = new OpenSsl(directory)
                .pair("one", "EC -pkeyopt ec_paramgen_curve:P-256")
                .pair("other", "EC -pkeyopt ec_paramgen_curve:P-256");
        assertThat(openssl.file("one.crt")).exists();
        for (String key : new @Nullable String[] {"other.key", "none.key", "a.txt"}) {
            fails(58, "--tls-cert", "one.crt", "--tls-key", String.valueOf(key), "a.txt");
        }
        fails(58, "--tls-cert", "none.crt", "--tls-key", "one.key", "a.txt");
        fails(2, "--tls-key", "one.key", "a.txt");
        assertThat(fails(58, "--tls-cert", "one.crt", "a.txt").stderr())
                .contains("no private key in it (--tls-key FILE names another file)")
                .doesNotContain("client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "../a", ".hidden"})
    void aNameThatIsNoneIsTold(String name) throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        fails(2, "--name", name, "a.txt");
    }

    @Test
    void whoWantedTheUrlHasGoneAndNothingIsServed() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        var run = Relay.writingTo(new LeavingReader(0))
                .with("serve", "-s", directory.resolve("a.txt").toString());
        run.mustEndSilentlyWith(141);
    }
}
