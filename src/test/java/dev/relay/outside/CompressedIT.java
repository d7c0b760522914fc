package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Launcher;
import dev.relay.support.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Decoding fits into the heap that is shipped, and costs nothing when it is not asked for. */
class CompressedIT {
    private static final String PACKAGE = "dev.relay.io.coding";

    private final Launcher launcher = Launcher.built();

    private static Answer encoded(String coding, byte[] body) {
        return Answer.ok("").body(Content.of(body)).line("Content-Encoding: " + coding);
    }

    /** A zstd frame with a window of 8 MiB, in plain blocks of 128 KiB. */
    private static byte[] zstd(byte[] body) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 13 << 3});
        for (int from = 0; from < body.length; from += 1 << 17) {
            int last = from + (1 << 17) == body.length ? 1 : 0;
            frame.writeBytes(new byte[] {(byte) last, 0, 0x10});
            frame.write(body, from, 1 << 17);
        }
        return frame.toByteArray();
    }

    /** A brotli stream with a window of 16 MiB, in plain meta-blocks of 64 KiB. */
    private static byte[] brotli(byte[] body) {
        var stream = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += 1 << 16) {
            // WBITS; then ISLAST, MNIBBLES, MLEN - 1, ISUNCOMPRESSED.
            int header = 0xffff << 3 | 1 << 19;
            int start = from == 0 ? header << 4 | 0x0f : header;
            stream.writeBytes(new byte[] {(byte) start, (byte) (start >> 8), (byte) (start >> 16)});
            stream.write(body, from, 1 << 16);
        }
        stream.write(3);
        return stream.toByteArray();
    }

    private void isDecodedInTheShippedHeap(String coding, byte[] encoded, byte[] body, String... options)
            throws Exception {
        try (var upstream = ScriptedUpstream.answering(encoded(coding, encoded))) {
            String[] argv = Arrays.copyOf(options, options.length + 2);
            argv[options.length] = "--compressed";
            argv[options.length + 1] = upstream.url();
            var run = launcher.run(argv).mustSucceed();
            assertThat(Arrays.equals(run.stdoutBytes(), body)).isTrue();
            assertThat(run.stderr()).isEmpty();
        }
    }

    @Test
    void theLargestWindowsFitIntoTheShippedHeap() throws Exception {
        byte[] body = Content.noise(1, 40 << 20).bytes();
        isDecodedInTheShippedHeap("zstd", zstd(body), body, "get", "--retry=0");
        isDecodedInTheShippedHeap("br", brotli(body), body, "get");
    }

    @Test
    void nothingOfItIsLoadedUnlessItIsAskedFor() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").withLine("Content-Encoding: gzip")) {
            String get = "RELAY_JAVA_OPTS=-Xlog:class+load:stderr '" + launcher.program() + "' get " + upstream.url();
            var run = launcher.shell(get).mustSucceed();
            assertThat(run.stderr()).contains("dev.relay.transfer.Transfer").doesNotContain(PACKAGE);
        }
    }
}
