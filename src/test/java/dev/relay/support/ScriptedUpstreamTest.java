package dev.relay.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripted server does what it is told: a test that trusts it is worth what it is worth. */
class ScriptedUpstreamTest {
    private static String get(ScriptedUpstream upstream, String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port())) {
            String head = "GET / HTTP/1.1\r\n" + String.join("", lines) + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static ScriptedUpstream of(Entity.Ranges treatment) {
        var entity = Entity.of("hello world").withEtag("\"v1\"").withRanges(treatment);
        return ScriptedUpstream.answering(request -> entity.answer(request).closing());
    }

    @ParameterizedTest
    @CsvSource({
        "HONOURED, 206, bytes 6-8/11, \"v1\", wor",
        "IGNORED, 200, , \"v1\", hello world",
        "WRONG_START, 206, bytes 7-8/11, \"v1\", or",
        "WRONG_TOTAL, 206, bytes 6-8/12, \"v1\", wor",
        "OTHER_ETAG, 206, bytes 6-8/11, \"another\", wor",
        "SHORT, 206, bytes 6-7/11, \"v1\", wo",
        "GARBLED, 206, bytes from here, \"v1\", wor",
        "UNTOLD, 206, , \"v1\", wor",
        "REFUSED, 416, bytes */11, , ''",
    })
    void treatsRangesAsTold(
            Entity.Ranges treatment, int status, @Nullable String range, @Nullable String etag, String body)
            throws Exception {
        try (var upstream = of(treatment)) {
            String answer = get(upstream, "Range: bytes=6-8\r\n");
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").endsWith("\r\n\r\n" + body);
            assertThat(answer.contains("Content-Range:")).isEqualTo(range != null);
            assertThat(answer).contains(range == null ? "" : "Content-Range: " + range + "\r\n");
            assertThat(answer).contains(etag == null ? "" : "ETag: " + etag + "\r\n");
        }
    }

    @Test
    void ifRangeNamesTheRepresentation() throws Exception {
        try (var upstream = of(Entity.Ranges.HONOURED)) {
            assertThat(get(upstream, "Range: bytes=6-\r\n", "If-Range: \"v1\"\r\n"))
                    .contains(" 206 ");
            assertThat(get(upstream, "Range: bytes=6-\r\n", "If-Range: \"v2\"\r\n"))
                    .contains(" 200 ");
        }
        try (var upstream = of(Entity.Ranges.HONOURED_BLINDLY)) {
            assertThat(get(upstream, "Range: bytes=6-\r\n", "If-Range: \"v2\"\r\n"))
                    .contains(" 206 ");
        }
    }

    @Test
    void keepsEveryRequestByteForByte() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").untilClose()) {
            get(upstream, "X-Odd:  two  spaces \r\n");
            assertThat(new String(upstream.request(0).head(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("GET / HTTP/1.1\r\nX-Odd:  two  spaces \r\nConnection: close\r\n\r\n");
            assertThat(upstream.request(0).header("x-odd")).isEqualTo("two  spaces");
        }
    }

    @Test
    void cutsByFinAndByReset() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").cuttingAfter(5)) {
            assertThat(get(upstream)).endsWith("\r\n\r\nhello");
        }
        try (var upstream = ScriptedUpstream.sending("hello world").resettingAfter(5)) {
            assertThatThrownBy(() -> get(upstream)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aBodyCanBeShorterThanItsHeadSays() throws Exception {
        var answer = Answer.ok("hello world").shortenedTo(5).closing();
        try (var upstream = ScriptedUpstream.answering(answer)) {
            assertThat(get(upstream)).contains("\r\nContent-Length: 11\r\n").endsWith("\r\n\r\nhello");
        }
        try (var upstream = ScriptedUpstream.answering(answer.chunked())) {
            assertThat(get(upstream)).endsWith("\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        }
    }

    @Test
    void framesChunksTrailersAndInterimResponses() throws Exception {
        var answer = Answer.ok("hello")
                .inPiecesOf(3)
                .trailer("X-T: 1")
                .interim("HTTP/1.1 102 Processing")
                .closing();
        try (var upstream = ScriptedUpstream.answering(answer)) {
            assertThat(get(upstream))
                    .startsWith("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nX-T: 1\r\n\r\n");
        }
    }

    @Test
    void whatItsScriptThrowsIsAFailureOfTheTest() throws Exception {
        var upstream = ScriptedUpstream.answering(request -> {
            throw new IllegalStateException("as scripted");
        });
        assertThat(get(upstream)).isEmpty();
        assertThatThrownBy(upstream::close).isInstanceOf(AssertionError.class).hasRootCauseMessage("as scripted");
    }

    @Test
    void noiseIsTheSameFromEveryPosition() {
        byte[] whole = Content.noise(1, 1000).bytes();
        for (int from : new int[] {0, 1, 7, 8, 9, 500, 999}) {
            assertThat(Content.noise(1, 1000).slice(from, 1000).bytes())
                    .isEqualTo(Arrays.copyOfRange(whole, from, 1000));
        }
        assertThat(Content.noise(2, 1000).bytes()).isNotEqualTo(whole);
    }
}
