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
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    /** A zstd frame of so many mebibytes of zeros, in blocks of 128 KiB that take four bytes each. */
    private static byte[] zstdZeros(int mebibytes) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 13 << 3});
        for (int i = 8 * mebibytes - 1; i >= 0; i--) {
            frame.writeBytes(new byte[] {(byte) (i == 0 ? 3 : 2), 0, 0x10, 0});
        }
        return frame.toByteArray();
    }

    private static byte[] gzipZeros(int mebibytes) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(all)) {
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        return all.toByteArray();
    }

    private static byte[] sample(String name) throws IOException {
        try (var in =
                Objects.requireNonNull(CompressedTest.class.getResourceAsStream("/dev/relay/io/coding/" + name))) {
            return in.readAllBytes();
        }
    }

    /** A reader that only counts, and sees that all it gets are zeros. */
    private static final class Counter implements WritableByteChannel {
        private long count;
        private boolean onlyZeros = true;

        @Override
        public int write(ByteBuffer source) {
            int size = source.remaining();
            onlyZeros &= source.get(source.position()) == 0 && source.get(source.limit() - 1) == 0;
            source.position(source.limit());
            count += size;
            return size;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    static Stream<Arguments> bombs() throws IOException {
        return Stream.of(
                Arguments.of("gzip", gzipZeros(256), 256),
                Arguments.of("deflate, gzip", gzip(deflate(new byte[64 << 20])), 64),
                Arguments.of("br", sample("zeros.br"), 1024),
                Arguments.of("zstd", zstdZeros(1024), 1024),
                Arguments.of("zstd, gzip", gzip(zstdZeros(1024)), 1024));
    }

    @ParameterizedTest(name = "{0}, {2} MiB")
    @MethodSource("bombs")
    void aBombStreams(String coding, byte[] body, int mebibytes) throws Exception {
        try (var upstream = ScriptedUpstream.answering(encoded(coding, body));
                var reader = new Counter()) {
            Relay.writingTo(reader).with("get", "--compressed", upstream.url()).mustSucceed();
            assertThat(reader.count).isEqualTo((long) mebibytes << 20);
            assertThat(reader.onlyZeros).isTrue();
        }
    }

    @Test
    void aReaderThatLeavesABombEndsIt() throws Exception {
        try (var upstream = ScriptedUpstream.answering(encoded("br", sample("zeros.br")));
                var reader = new LeavingReader(1 << 20)) {
            Relay.writingTo(reader).with("get", "--compressed", upstream.url()).mustEndSilentlyWith(141);
        }
    }

    @ParameterizedTest
    @CsvSource({"br, small.br", "br, small-flushed.br", "zstd, small.zst"})
    void samplesOfOtherEncodersAreDecodedHoweverTheyArrive(String coding, String name) throws Exception {
        byte[] body = sample(name);
        String whole = fetched(encoded(coding, body)).mustSucceed().stdout();
        assertThat(whole).startsWith("0: the time of time\n").endsWith("\n").hasLineCount(40);
        assertThat(fetched(encoded(coding, body).chunked().inPiecesOf(1))
                        .mustSucceed()
                        .stdout())
                .isEqualTo(whole);
        byte[] cut = Arrays.copyOf(body, body.length - 1);
        assertThat(whole)
                .startsWith(fetched(encoded(coding, cut)).mustFailWith(61).stdout());
    }

    @Test
    void whatBrotliFlushedIsOutBeforeTheServerSendsMore() throws Exception {
        byte[] body = sample("small-flushed.br");
        String whole = fetched(encoded("br", body)).mustSucceed().stdout();
        var gate = new Gate();
        Answer answer = encoded("br", body).chunked().pauseAfter(body.length - 1, gate);
        try (var upstream = ScriptedUpstream.answering(answer);
                var running = Relay.start("get", "--compressed", upstream.url())) {
            running.stdout().await(whole);
            gate.open();
            running.end().mustSucceed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7000, 15_000})
    void anEncodedBodyThatBreaksIsResumedUnderneath(int cut) throws Exception {
        byte[] text = Content.noise(1, 20_000).bytes();
        try (var upstream = ScriptedUpstream.sending(Content.of(gzip(text)))
                .withEtag("\"v1\"")
                .withLine("Content-Encoding: gzip")
                .cuttingAfter(cut)) {
            assertThat(Relay.run("get", "--compressed", "--retry-delay=0", upstream.url())
                            .mustSucceed()
                            .stdoutBytes())
                    .isEqualTo(text);
            assertThat(upstream.request(1).header("Range")).isEqualTo("bytes=" + cut + "-");
            assertThat(upstream.request(1).header("Accept-Encoding")).isEqualTo("gzip, deflate, br, zstd");
        }
    }
}
