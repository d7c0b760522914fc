package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.DigestAlgorithm;
import dev.relay.io.digest.Digest;
import dev.relay.support.Answer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** A body that is not what it must be is told with exit code 101, and never appears as a file. */
class ChecksumTest {
    private static final String BODY = "hello world";
    private static final String OTHER = "hello w0rld";

    @TempDir
    Path directory;

    private static byte[] digest(DigestAlgorithm algorithm, String text) {
        var digest = new Digest(algorithm);
        digest.update(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        return digest.value();
    }

    private static String hex(DigestAlgorithm algorithm, String text) {
        return HexFormat.of().formatHex(digest(algorithm, text));
    }

    private static String sum(DigestAlgorithm algorithm, String text) {
        return algorithm.spelling() + ":" + hex(algorithm, text);
    }

    private static String sha256(String text) {
        return sum(DigestAlgorithm.SHA_256, text);
    }

    /** A header line with the digest of that text. */
    private static String line(String field, DigestAlgorithm algorithm, String text) {
        return field + ": " + algorithm.key() + "=:" + Base64.getEncoder().encodeToString(digest(algorithm, text))
                + ":";
    }

    private static String reprDigest(String text) {
        return line("Repr-Digest", DigestAlgorithm.SHA_256, text);
    }

    private static String contentDigest(String text) {
        return line("Content-Digest", DigestAlgorithm.SHA_256, text);
    }

    private List<String> files() throws Exception {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatMatchesIsDelivered(DigestAlgorithm algorithm) throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).inPiecesOf(3)) {
            var run = Relay.run("get", upstream.url(), "--checksum", sum(algorithm, BODY))
                    .mustSucceed();

            assertThat(run.stdout()).isEqualTo(BODY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPipeHasAllBytesAndTheExitCodeSaysThatTheyAreWrong(DigestAlgorithm algorithm) throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).chunked()) {
            var run = Relay.run("get", upstream.url(), "--checksum", sum(algorithm, OTHER))
                    .mustFailWith(101);

            assertThat(run.stdout()).isEqualTo(BODY);
            assertThat(run.stderr())
                    .isEqualTo("relay: checksum mismatch: " + upstream.url() + ": " + algorithm.spelling() + " is "
                            + hex(algorithm, BODY) + ", not " + hex(algorithm, OTHER) + "\n");
        }
    }

    @Test
    void anOldFileStaysAndNoPartOfTheWrongOneIsLeft() throws Exception {
        Files.writeString(directory.resolve("file"), "old");
        try (var upstream = ScriptedUpstream.sending(BODY).withEtag("\"v1\"")) {
            Relay.in(directory)
                    .with("get", upstream.url(), "-o", "file", "--tee", "copy", "--checksum", sha256(OTHER))
                    .mustFailWith(101);
        }
        assertThat(files()).containsExactly("file");
        assertThat(directory.resolve("file")).hasContent("old");
    }

    @Test
    void noPartIsLeftWhenTheHeadWasInFrontOfIt() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).withEtag("\"v1\"").withLine(reprDigest(OTHER))) {
            Relay.in(directory).with("get", upstream.url(), "-i", "-o", "file").mustFailWith(101);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatMatchesAppears() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)) {
            Relay.in(directory)
                    .with("get", upstream.url(), "-o", "file", "--checksum", sha256(BODY))
                    .mustSucceed();
        }
        assertThat(directory.resolve("file")).hasContent(BODY);
        assertThat(files()).containsExactly("file");
    }

    @Test
    void allOfSeveralMustMatch() throws Exception {
        String md5 = sum(DigestAlgorithm.MD5, BODY);
        try (var upstream = ScriptedUpstream.sending(BODY)) {
            Relay.run("get", upstream.url(), "--checksum", sha256(BODY), "--checksum", md5)
                    .mustSucceed();
            Relay.run("get", upstream.url(), "--checksum", md5, "--checksum", sha256(OTHER))
                    .mustFailWith(101);
        }
    }

    @Test
    void anEmptyBodyHasAChecksumToo() throws Exception {
        try (var upstream = ScriptedUpstream.sending("")) {
            Relay.run("get", upstream.url(), "--checksum", sha256("")).mustSucceed();
            Relay.run("get", upstream.url(), "--checksum", sha256(BODY)).mustFailWith(101);
        }
    }

    @Test
    void aBodyThatEndsEarlyIsShortBeforeItIsWrong() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).cuttingAfter(5).everyTime()) {
            Relay.run("get", upstream.url(), "--no-resume", "--checksum", sha256("hello"))
                    .mustFailWith(18);
        }
    }

    @Test
    void theStatusIsTheFailureOfAnErrorPage() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("no such page"))) {
            Relay.run("get", upstream.url(), "--checksum", sha256(BODY)).mustFailWith(22);
            var run = Relay.run("get", upstream.url(), "--fail-with-body", "--checksum", sha256(BODY))
                    .mustFailWith(22);
            assertThat(run.stdout()).isEqualTo("no such page");
            Relay.run("get", upstream.url(), "--no-fail", "--checksum", sha256(BODY))
                    .mustFailWith(101);
            Relay.run("get", upstream.url(), "--no-fail", "--checksum", sha256("no such page"))
                    .mustSucceed();
        }
    }

    @Test
    void nothingIsSentWhenTheChecksumCannotBeOne() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)) {
            Relay.run("get", upstream.url(), "--checksum", "sha256:abc").mustFailWith(2);
            Relay.run("head", upstream.url(), "--checksum", sha256(BODY)).mustFailWith(2);
            Relay.run("get", "-X", "HEAD", upstream.url(), "--checksum", sha256(BODY))
                    .mustFailWith(2);

            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDigestsOfTheResponseAreVerified(DigestAlgorithm algorithm) throws Exception {
        for (String field : List.of("Repr-Digest", "Content-Digest")) {
            try (var upstream = ScriptedUpstream.sending(BODY).withLine(line(field, algorithm, BODY))) {
                Relay.run("get", upstream.url()).mustSucceed();
            }
            try (var upstream = ScriptedUpstream.sending(BODY).withLine(line(field, algorithm, OTHER))) {
                var run = Relay.run("get", upstream.url()).mustFailWith(101);

                assertThat(run.stdout()).isEqualTo(BODY);
                assertThat(run.stderr())
                        .endsWith(algorithm.key() + " is " + hex(algorithm, BODY) + ", not " + hex(algorithm, OTHER)
                                + ", as " + field + " says\n");
            }
        }
    }

    @Test
    void bothFieldsMustAgreeWithTheBody() throws Exception {
        try (var upstream =
                ScriptedUpstream.sending(BODY).withLine(reprDigest(BODY)).withLine(contentDigest(OTHER))) {
            Relay.run("get", upstream.url()).mustFailWith(101);
        }
    }

    @Test
    void theyAreNotVerifiedWhenTheUserSaysSo() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).withLine(reprDigest(OTHER))) {
            Relay.run("get", upstream.url(), "--no-verify-digest").mustSucceed();
            Relay.run("get", upstream.url(), "--no-verify-digest", "--checksum", sha256(OTHER))
                    .mustFailWith(101);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256=deadbeef", "sha-256=:AA==:", "sha-256", "SHA-256=:AA==:"})
    void aMalformedFieldIsANote(String value) throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).withLine("Repr-Digest: " + value)) {
            var run = Relay.run("get", upstream.url()).mustSucceed();

            assertThat(run.stdout()).isEqualTo(BODY);
            assertThat(run.stderr()).startsWith("relay: note: the body is not verified, Repr-Digest is malformed: ");
        }
    }

    @Test
    void anUnknownAlgorithmIsNoMatter() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).withLine("Repr-Digest: sha3-256=:AA==:, adler=:AAAAAA==:")) {
            Relay.run("get", upstream.url()).mustEndSilentlyWith(0);
        }
    }

    @Test
    void aPartIsHeldAgainstItsOwnDigestAndNotAgainstThatOfTheWhole() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)
                .withEtag("\"v1\"")
                .withLine(reprDigest(BODY))
                .withLine(contentDigest("hello"))) {
            var run = Relay.run("get", "-r", "0-4", upstream.url()).mustSucceed();

            assertThat(run.stdout()).isEqualTo("hello");
            Relay.run("get", "-r", "1-4", upstream.url()).mustFailWith(101);
            Relay.run("get", "-r", "0-4", upstream.url(), "--checksum", sha256("hello"))
                    .mustSucceed();
        }
    }

    @Test
    void aPartThatIsTheWholeIsHeldAgainstTheDigestOfTheWhole() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).withLine(reprDigest(OTHER))) {
            Relay.run("get", "-r", "0-", upstream.url()).mustFailWith(101);
        }
    }

    @Test
    void anAnswerWithoutABodyHasNothingToVerify() throws Exception {
        try (var upstream =
                ScriptedUpstream.answering(request -> request.method().equals("HEAD")
                        ? Answer.ok(BODY).line(reprDigest(OTHER))
                        : Answer.status(204).line(reprDigest(OTHER)))) {
            Relay.run("head", upstream.url()).mustSucceed();
            Relay.run("get", upstream.url()).mustSucceed();
        }
    }

    @Test
    void theServerIsAskedForADigest() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)) {
            Relay.run("get", upstream.url()).mustSucceed();
            Relay.run("get", "--want-digest", upstream.url()).mustSucceed();
            Relay.run("get", "--want-digest", "-H", "want-repr-digest: sha-512=1", upstream.url())
                    .mustSucceed();

            assertThat(upstream.request(0).header("Want-Repr-Digest")).isNull();
            assertThat(upstream.request(1).header("Want-Repr-Digest")).isEqualTo("sha-256=10, sha-512=5");
            assertThat(upstream.request(2).header("Want-Repr-Digest")).isEqualTo("sha-512=1");
        }
    }

    @Test
    void writeOutHasDigestsComputedThatNothingElseNeeds() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)) {
            var run = Relay.run(
                            "get",
                            upstream.url(),
                            "--checksum",
                            sum(DigestAlgorithm.MD5, BODY),
                            "-w",
                            " %{checksum{sha256}} %checksum{MD5} [%{checksum{sha3}}]")
                    .mustSucceed();

            assertThat(run.stdout())
                    .isEqualTo(BODY + " " + hex(DigestAlgorithm.SHA_256, BODY) + " " + hex(DigestAlgorithm.MD5, BODY)
                            + " []");
            assertThat(run.stderr()).contains("unknown --write-out variable: checksum{sha3}");
        }
    }

    @Test
    void writeOutTellsTheDigestOfWhatDidNotMatch() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)) {
            var run = Relay.run("get", upstream.url(), "--checksum", sha256(OTHER), "-w", " %{checksum{sha-256}}")
                    .mustFailWith(101);

            assertThat(run.stdout()).isEqualTo(BODY + " " + hex(DigestAlgorithm.SHA_256, BODY));
        }
    }

    @Test
    void theReportTellsWhatWasVerified() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY)
                .withEtag("\"v1\"")
                .withLine(reprDigest(BODY))
                .withLine(contentDigest(BODY))) {
            Relay.in(directory)
                    .with("get", upstream.url(), "--report", "r.json", "--checksum", sum(DigestAlgorithm.MD5, BODY))
                    .mustSucceed();
        }
        var report = new ObjectMapper().readTree(directory.resolve("r.json").toFile());
        assertThat(report.get("checksum")).hasSize(1);
        assertThat(report.get("checksum").get("md5").textValue()).isEqualTo(hex(DigestAlgorithm.MD5, BODY));
        assertThat(report.get("verified"))
                .extracting(value -> value.textValue())
                .containsExactly("checksum md5", "repr-digest sha-256", "content-digest sha-256");
        assertThat(report.get("validator").textValue()).isEqualTo("\"v1\"");
    }
}
