package dev.relay.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Gate;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With --compressed a body is asked for in any coding that relay can undo, and comes out as it was. */
class CompressedTest {
    private static final String TEXT = "hello hello hello world\n";

    @TempDir
    Path directory;

    private static byte[] gzip(byte[] bytes) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(all)) {
            gzip.write(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(all)) {
            deflate.write(bytes);
        }
        return all.toByteArray();
    }

    private static Answer encoded(String coding, byte[] body) {
        return Answer.ok("").body(Content.of(body)).line("Content-Encoding: " + coding);
    }

    private static Run fetched(Answer answer, String... options) throws Exception {
        try (var upstream = ScriptedUpstream.answering(answer)) {
            var argv = new ArrayList<>(List.of("get", "--compressed", "--retry=0"));
            argv.addAll(List.of(options));
            argv.add(upstream.url());
            return Relay.run(argv.toArray(String[]::new));
        }
    }

    @Test
    void theCodingsAreAskedForAndOneIsUndone() throws Exception {
        try (var upstream = ScriptedUpstream.answering(encoded("gzip", gzip(TEXT.getBytes(UTF_8))))) {
            assertThat(Relay.run("get", "--compressed", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo(TEXT);
            assertThat(upstream.request(0).header("Accept-Encoding")).isEqualTo("gzip, deflate, br, zstd");
        }
    }

    @Test
    void whatTheUserAsksForIsAskedFor() throws Exception {
        try (var upstream = ScriptedUpstream.answering(encoded("gzip", gzip(TEXT.getBytes(UTF_8))))) {
            Relay.run("get", "--compressed", "-H", "accept-encoding: gzip;q=0.5", upstream.url())
                    .mustSucceed();
            assertThat(upstream.request(0).header("Accept-Encoding")).isEqualTo("gzip;q=0.5");
        }
    }

    @Test
    void withoutTheOptionTheBodyIsAsItWasSent() throws Exception {
        byte[] body = gzip(TEXT.getBytes(UTF_8));
        try (var upstream = ScriptedUpstream.answering(encoded("gzip", body))) {
            assertThat(Relay.run("get", upstream.url()).mustSucceed().stdoutBytes())
                    .isEqualTo(body);
            assertThat(upstream.request(0).header("Accept-Encoding")).isNull();
        }
    }

    @Test
    void severalCodingsAreUndoneInTurn() throws Exception {
        byte[] body = gzip(deflate(gzip(TEXT.getBytes(UTF_8))));
        Answer answer = encoded("gzip", body).line("Content-Encoding: deflate, x-gzip");
        assertThat(fetched(answer).mustSucceed().stdout()).isEqualTo(TEXT);
        assertThat(fetched(answer.chunked().inPiecesOf(1)).mustSucceed().stdout())
                .isEqualTo(TEXT);
    }

    @Test
    void anUnknownCodingIsSixtyOneAndNothingIsWritten() throws Exception {
        Path file = directory.resolve("file");
        var run = fetched(encoded("gzip, foo", new byte[100]), "-o", file.toString())
                .mustFailWith(61);
        assertThat(run.stderr()).contains("'foo'");
        assertThat(file).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 31})
    void aTruncatedCodingIsSixtyOneEvenWhenTheBodyIsWhole(int length) throws Exception {
        byte[] body = Arrays.copyOf(gzip(TEXT.getBytes(UTF_8)), length);
        assertThat(TEXT)
                .startsWith(fetched(encoded("gzip", body)).mustFailWith(61).stdout());
    }

    @ParameterizedTest
    @CsvSource({"FIN, 18", "RESET, 56"})
    void aBodyThatBreaksIsNotTheCodingsFault(Answer.Cut cut, int code) throws Exception {
        byte[] body = gzip(Content.noise(1, 100_000).bytes());
        fetched(encoded("gzip", body).cutAfter(50_000, cut), "--no-resume").mustFailWith(code);
    }

    @Test
    void aBodyBrokenInTheMiddleLeavesNoFile() throws Exception {
        byte[] body = gzip(Content.noise(1, 100_000).bytes());
        body[50_000] ^= 1;
        Path file = directory.resolve("file");
        fetched(encoded("gzip", body), "-o", file.toString()).mustFailWith(61);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileHoldsTheDecodedBody() throws Exception {
        Path file = directory.resolve("file");
        fetched(encoded("deflate", deflate(TEXT.getBytes(UTF_8))), "-o", file.toString())
                .mustSucceed();
        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void sizesAreThoseOfTheEncodedBytes() throws Exception {
        byte[] body = gzip(new byte[100_000]);
        var run = fetched(encoded("gzip", body).chunked(), "--max-filesize=" + body.length, "-w", "%{size_download}")
                .mustSucceed();
        assertThat(run.stdoutBytes())
                .hasSize(100_000 + String.valueOf(body.length).length());
        fetched(encoded("gzip", body).chunked(), "--max-filesize=" + (body.length - 1))
                .mustFailWith(63);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "foo"})
    void anEmptyBodyIsEmptyWhateverItsCoding(String coding) throws Exception {
        assertThat(fetched(encoded(coding, new byte[0])).mustSucceed().stdout()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aStatusWithoutABodyHasNothingToDecode(int status) throws Exception {
        fetched(Answer.status(status).line("Content-Encoding: foo")).mustSucceed();
    }

    @Test
    void theHeadOfAnEncodedBodyIsOnlyAHead() throws Exception {
        try (var upstream = ScriptedUpstream.answering(encoded("foo", new byte[100]))) {
            Relay.run("head", "--compressed", upstream.url()).mustSucceed();
        }
    }

    @Test
    void aRangeOfTheEncodedBytesIsDecodedWhenItCanBe() throws Exception {
        byte[] body = gzip(TEXT.getBytes(UTF_8));
        try (var upstream = ScriptedUpstream.sending(Content.of(body)).withLine("Content-Encoding: gzip")) {
            assertThat(Relay.run("get", "--compressed", "-r", "0-", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo(TEXT);
            Relay.run("get", "--compressed", "-r", "5-", upstream.url()).mustFailWith(61);
        }
    }

    @Test
    void whatTheServerFlushedIsOutBeforeItSendsMore() throws Exception {
        var all = new ByteArrayOutputStream();
        var gzip = new GZIPOutputStream(all, true);
        gzip.write(TEXT.getBytes(UTF_8));
        gzip.flush();
        int flushed = all.size();
        gzip.write("the end\n".getBytes(UTF_8));
        gzip.close();
        var gate = new Gate();
        try (var upstream = ScriptedUpstream.answering(
                        encoded("gzip", all.toByteArray()).chunked().pauseAfter(flushed, gate));
                var running = Relay.start("get", "--compressed", upstream.url())) {
            running.stdout().await(TEXT);
            gate.open();
            assertThat(running.end().mustSucceed().stdout()).isEqualTo(TEXT + "the end\n");
        }
    }
}
