package dev.relay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.plan.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads and bodies are read to the letter, whatever the pieces they come in. */
class ReadingTest {
    private static final Patience ENDLESS =
            new Patience(new Limits(null, null, null, false, null, null, null, null), false);

    /** A line over which that has come, a byte at a time, and then the end. */
    private static final class Told implements Line {
        private final ByteBuffer bytes;

        Told(String text) {
            bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public int read(ByteBuffer into, long nanos) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            into.put(bytes.get());
            return 1;
        }

        @Override
        public void write(long nanos, ByteBuffer... pieces) {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void abort() {}

        @Override
        public void close() {}
    }

    private static MessageReader.@Nullable RawHead head(String text) throws IOException {
        return new MessageReader(new Inlet(new Told(text), 16), MessageReader.Limits.OF_REQUESTS).read(Line.FOR_EVER);
    }

    private static String chunked(String text) throws IOException {
        var line = new Told(text);
        return all(new ChunkedBody(line, new Inlet(line, 16), ENDLESS));
    }

    private static String all(Chunks body) throws IOException {
        var text = new StringBuilder();
        for (ByteBuffer piece = body.next(); piece != null; piece = body.next()) {
            text.append(StandardCharsets.ISO_8859_1.decode(piece));
        }
        return text.toString();
    }

    @Test
    void aHeadIsReadAsItWasReceived() throws Exception {
        var head = Objects.requireNonNull(head("\r\nGET / HTTP/1.1\r\nHost: a\r\nX-Odd:\t b c \r\nEmpty:\r\n\r\nrest"));
        assertThat(head.startLine()).isEqualTo("GET / HTTP/1.1");
        assertThat(head.fields().fields())
                .containsExactly(
                        new Headers.Field("Host", "a"),
                        new Headers.Field("X-Odd", "b c"),
                        new Headers.Field("Empty", ""));
    }

    @Test
    void aConnectionThatEndsBeforeAHeadHasNone() throws Exception {
        assertThat(head("")).isNull();
        assertThat(head("\r\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\n: a\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n",
            })
    void aHeadThatCouldBeReadInTwoWaysIsRefused(String text) {
        assertThatThrownBy(() -> head(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aHeadThatIsCutIsNoHead() {
        assertThatThrownBy(() -> head("GET / HTTP/1.1\r\nHost: a\r\n")).isInstanceOf(EOFException.class);
    }

    @Test
    void aHeadHasItsLimits() {
        assertThatThrownBy(() -> head("GET /" + "x".repeat(9000)))
                .isInstanceOfSatisfying(
                        MessageReader.TooLargeException.class,
                        e -> assertThat(e.isStartLine()).isTrue());
        assertThatThrownBy(() -> head("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(101)))
                .isInstanceOf(MessageReader.TooLargeException.class);
    }

    @Test
    void chunksAreJoined() throws Exception {
        assertThat(chunked("5\r\nhello\r\n006;a=\"b\"\r\n world\r\n0\r\nTrailer: x\r\n\r\n"))
                .isEqualTo("hello world");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "10000000000000000\r\nhello\r\n0\r\n\r\n",
            })
    void whatIsNotQuiteAChunkIsRefused(String text) {
        assertThatThrownBy(() -> chunked(text)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5\r\nhel", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n", "5\r\nhello\r\n0\r\nA: b\r\n"})
    void chunksThatAreCutAreNeverWhole(String text) {
        assertThatThrownBy(() -> chunked(text)).isInstanceOf(EOFException.class);
    }

    @Test
    void aBodyOfAKnownLengthEndsThere() throws Exception {
        var line = new Told("hello world");
        var inlet = new Inlet(line, 16);
        assertThat(all(SizedBody.ofLength(line, inlet, ENDLESS, 5))).isEqualTo("hello");
        assertThat(all(SizedBody.untilClose(line, inlet, ENDLESS))).isEqualTo(" world");
        assertThatThrownBy(() -> all(SizedBody.ofLength(line, inlet, ENDLESS, 5)))
                .isInstanceOf(EOFException.class);
    }
}
