package dev.relay.outside;

import static dev.relay.support.Answer.Cut.RESET;
import static dev.relay.support.Sums.contentDigest;
import static dev.relay.support.Sums.hex;
import static dev.relay.support.Sums.line;
import static dev.relay.support.Sums.reprDigest;
import static dev.relay.support.Sums.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.DigestAlgorithm;
import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is not what its own response says it is ends in exit code 101 (RFC 9530). */
class ResponseDigestTest {
    private static final String BODY = "hello world";
    private static final String OTHER = "hello w0rld";

    private static byte[] gzip(String text) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(all)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return all.toByteArray();
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
    void segmentsAreTogetherHeldAgainstTheDigestOfTheWhole() throws Exception {
        String body = "0123456789abcdef".repeat(8192);
        var entity = Entity.of(body).withEtag("\"v1\"");
        for (String said : List.of(body, OTHER)) {
            try (var upstream = ScriptedUpstream.answering(
                    request -> entity.answer(request).line(reprDigest(said)).line(contentDigest(OTHER)))) {
                var run = Relay.run("get", "--parallel", "2", "--segment-size", "64K", upstream.url());

                assertThat(run.stdout()).isEqualTo(body);
                assertThat(upstream.requests()).hasSize(2);
                assertThat(run.exit()).as(run.stderr()).isEqualTo(said.equals(body) ? 0 : 101);
            }
        }
    }

    @Test
    void theDigestOfTheOnlySegmentIsThatOfTheWhole() throws Exception {
        try (var upstream = ScriptedUpstream.sending(BODY).withEtag("\"v1\"").withLine(contentDigest(OTHER))) {
            Relay.run("get", "--parallel", "2", upstream.url()).mustFailWith(101);
        }
    }

    @Test
    void eventsOfManyResponsesAreNotHeldAgainstTheDigestOfOne() throws Exception {
        var event = Answer.ok("data: 1\n\n").line("Content-Type: text/event-stream");
        try (var upstream =
                ScriptedUpstream.answering(event.line(reprDigest("data: 1\n\n")), event, Answer.status(204))) {
            var run = Relay.run("get", "--events", "--retry-delay", "0", upstream.url())
                    .mustSucceed();

            assertThat(run.stdout()).isEqualTo("data: 1\n\n".repeat(2));
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
    void theResponsesDigestIsOfTheBodyAsItComesAndTheChecksumOfTheBodyAsItIsDelivered() throws Exception {
        byte[] encoded = gzip(BODY);
        Answer answer = Answer.ok("").body(Content.of(encoded)).line("Content-Encoding: gzip");
        try (var upstream = ScriptedUpstream.answering(
                answer.line(line("Repr-Digest", DigestAlgorithm.SHA_256, encoded)), answer.line(reprDigest(BODY)))) {
            var run = Relay.run(
                            "get",
                            "--compressed",
                            upstream.url(),
                            "--checksum",
                            sha256(BODY),
                            "-w",
                            " %{checksum{md5}}")
                    .mustSucceed();

            assertThat(run.stdout()).isEqualTo(BODY + " " + hex(DigestAlgorithm.MD5, BODY));
            Relay.run("get", "--compressed", upstream.url()).mustFailWith(101);
        }
    }

    @Test
    void withoutDecodingTheEncodedBodyIsWhatIsDelivered() throws Exception {
        byte[] encoded = gzip(BODY);
        try (var upstream = ScriptedUpstream.answering(Answer.ok("")
                .body(Content.of(encoded))
                .line("Content-Encoding: gzip")
                .line(line("Repr-Digest", DigestAlgorithm.SHA_256, encoded)))) {
            String checksum = "sha256:" + hex(DigestAlgorithm.SHA_256, encoded);
            Relay.run("get", upstream.url(), "--checksum", checksum).mustSucceed();
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
    void aResumedBodyIsHeldAgainstWhatTheFirstAnswerSaid() throws Exception {
        var entity = Entity.of(BODY).withEtag("\"v1\"");
        for (String said : List.of(BODY, OTHER)) {
            try (var upstream = ScriptedUpstream.answering(request -> request.number() == 0
                    ? entity.answer(request).line(reprDigest(said)).cutAfter(5, RESET)
                    : entity.answer(request))) {
                var run = Relay.run("get", upstream.url(), "--retry-delay", "0", "--checksum", sha256(BODY));
                assertThat(run.stdout()).isEqualTo(BODY);
                assertThat(run.exit()).as(run.toString()).isEqualTo(said.equals(BODY) ? 0 : 101);
            }
        }
    }
}
