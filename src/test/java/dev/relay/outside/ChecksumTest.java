package dev.relay.outside;

import static dev.relay.support.Sums.contentDigest;
import static dev.relay.support.Sums.hex;
import static dev.relay.support.Sums.reprDigest;
import static dev.relay.support.Sums.sha256;
import static dev.relay.support.Sums.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.DigestAlgorithm;
import dev.relay.support.Answer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** A body that is not what the user says it is ends in exit code 101, and never appears as a file. */
class ChecksumTest {
    private static final String BODY = "hello world";
    private static final String OTHER = "hello w0rld";

    @TempDir
    Path directory;

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
