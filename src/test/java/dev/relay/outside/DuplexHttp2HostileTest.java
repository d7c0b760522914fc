package dev.relay.outside;

import static dev.relay.support.Http2Peer.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Http2Peer;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of HTTP/2 that breaks the rules ends the run with one line and the right code, and never costs memory. */
@Timeout(60)
class DuplexHttp2HostileTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int FRAME_SIZE_ERROR = 6;
    private static final int COMPRESSION_ERROR = 9;
    private static final int ENHANCE_YOUR_CALM = 11;

    private static final String[] OK = {":status", "200"};

    private static Run run(Http2Peer peer, InputStream in) {
        return Relay.reading(in).with("duplex", "--http2-prior-knowledge", "--max-time", "25", peer.url());
    }

    /** The run ends as a malformed response, and the connection with that error. */
    private static Run breaks(int error, String why, Http2Peer.Script script) throws Exception {
        try (var peer = Http2Peer.doing(script)) {
            Run run = run(peer, DuplexTest.open("")).mustFailWith(56);
            assertThat(run.stderr()).contains(why);
            assertThat(peer.goodbye()).as(why).isEqualTo(error);
            return run;
        }
    }

    /** The run fails, whatever is said to a server that may not even listen. */
    private static Run fails(int exit, String why, Http2Peer.Script script) throws Exception {
        try (var peer = Http2Peer.doing(script)) {
            Run run = run(peer, DuplexTest.open("")).mustFailWith(exit);
            assertThat(run.stderr()).contains(why);
            return run;
        }
    }

    @Test
    void aGoodbyeBeforeTheRequestWasBegunIsAStreamGivenUp() throws Exception {
        fails(92, "goodbye: ENHANCE_YOUR_CALM", frames -> {
            frames.sendWords(GOAWAY, 0, 0, ENHANCE_YOUR_CALM);
            frames.leave();
        });
    }

    @Test
    void aGoodbyeThatLetsTheRequestEndChangesNothing() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
            frames.sendWords(GOAWAY, 0, Integer.MAX_VALUE, 0);
            frames.head(OK);
            frames.data("hel");
            frames.sendWords(GOAWAY, 0, 1, 0);
            frames.last("lo");
        })) {
            assertThat(run(peer, DuplexTest.open("")).mustSucceed().stdout()).isEqualTo("hello");
        }
    }

    @Test
    void aGoodbyeWithAnErrorThatEndsTheConnectionIsTold() throws Exception {
        var run = fails(56, "INTERNAL_ERROR", frames -> {
            frames.head(OK);
            frames.data("hel");
            frames.sendWords(GOAWAY, 0, 1, 2);
            frames.leave();
        });
        assertThat(run.stdout()).isEqualTo("hel");
    }

    @Test
    void aGoodbyeAndNoAnswerIsNoAnswer() throws Exception {
        fails(52, "without an answer", frames -> {
            frames.sendWords(GOAWAY, 0, 1, 0);
            frames.leave();
        });
    }

    @Test
    void aConnectionThatEndsInTheBodyIsShort() throws Exception {
        var run = fails(18, "after 3 bytes", frames -> {
            frames.head(OK);
            frames.data("hel");
            frames.leave();
        });
        assertThat(run.stdout()).isEqualTo("hel");
    }

    @Test
    void aResetWithoutErrorBehindTheWholeResponseOnlyStopsTheUpload() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
            frames.await(DATA);
            frames.head(OK);
            frames.last("enough");
            frames.sendWords(RST_STREAM, 1, 0);
        })) {
            assertThat(run(peer, DuplexTest.endless()).mustSucceed().stdout()).isEqualTo("enough");
        }
    }

    @Test
    void aResetBeforeTheEndIsAStreamGivenUpWhateverItsCode() throws Exception {
        for (int code : new int[] {0, 1, 5, 7, 8, 0x1234}) {
            var run = fails(92, code == 8 ? "CANCEL" : "", frames -> {
                frames.head(OK);
                frames.data("hel");
                frames.sendWords(RST_STREAM, 1, code);
                frames.leave();
            });
            assertThat(run.stdout()).isEqualTo("hel");
            fails(92, "", frames -> {
                frames.sendWords(RST_STREAM, 1, code);
                frames.leave();
            });
        }
    }

    @Test
    void aHeadThatNeverEndsIsGivenUp() throws Exception {
        byte[] part = block("x-much", "y".repeat(10_000));
        fails(56, "a head of more than", frames -> {
            frames.send(HEADERS, 0, 1, part);
            while (true) {
                frames.send(CONTINUATION, 0, 1, part);
            }
        });
        fails(56, "a head of empty frames", frames -> {
            frames.send(HEADERS, 0, 1);
            while (true) {
                frames.send(CONTINUATION, 0, 1);
            }
        });
    }

    @Test
    void aHeadThatIsLargeOnceItIsReadIsGivenUp() throws Exception {
        var bomb = new ByteArrayOutputStream();
        bomb.write(0x40);
        bomb.writeBytes(Arrays.copyOfRange(block("x-bomb", "y".repeat(4000)), 1, 4011));
        for (int i = 0; i < 10_000; i++) {
            bomb.write(0x80 | 62);
        }
        breaks(COMPRESSION_ERROR, "fields or", frames -> frames.send(HEADERS, END_HEADERS, 1, bomb.toByteArray()));
    }

    @Test
    void fieldsThatCannotBeReadEndTheConnection() throws Exception {
        breaks(COMPRESSION_ERROR, "stands for no field", frames -> frames.send(HEADERS, END_HEADERS, 1, (byte) 0xBF));
        breaks(COMPRESSION_ERROR, "stands for no field", frames -> frames.send(HEADERS, END_HEADERS, 1, (byte) 0x80));
        breaks(
                COMPRESSION_ERROR,
                "longer than its block",
                frames -> frames.send(HEADERS, END_HEADERS, 1, (byte) 0, (byte) 5, (byte) 'a'));
        byte[] number = {(byte) 0xFF, -1, -1, -1, -1, -1, -1, 15};
        breaks(COMPRESSION_ERROR, "too large", frames -> frames.send(HEADERS, END_HEADERS, 1, number));
        byte[] larger = {0x3F, (byte) 0xE2, 0x1F, (byte) 0x88};
        breaks(COMPRESSION_ERROR, "larger than allowed", frames -> frames.send(HEADERS, END_HEADERS, 1, larger));
    }

    @Test
    void aFloodOfQuestionsWhoseAnswersAreNotReadIsGivenUp() throws Exception {
        fails(56, "answers that it does not read", frames -> {
            while (true) {
                frames.send(PING, 0, 0, new byte[8]);
            }
        });
        fails(56, "answers that it does not read", frames -> {
            while (true) {
                frames.send(SETTINGS, 0, 0);
            }
        });
    }

    @Test
    void aBodyOfNothingIsGivenUp() throws Exception {
        fails(56, "a body of empty frames", frames -> {
            frames.head(OK);
            while (true) {
                frames.send(DATA, 0, 1);
            }
        });
        fails(56, "a body of empty frames", frames -> {
            frames.head(OK);
            while (true) {
                frames.send(DATA, PADDED, 1, (byte) 3, (byte) 0, (byte) 0, (byte) 0);
            }
        });
    }

    @Test
    void moreThanItsWindowAllowsIsAnError() throws Exception {
        var stuck = new StuckChannel();
        try (var peer = Http2Peer.doing(frames -> {
                    frames.head(OK);
                    byte[] block = new byte[16_384];
                    for (int i = 0; i < 300; i++) {
                        frames.send(DATA, 0, 1, block);
                    }
                });
                var running = Relay.writingTo(stuck)
                        .readingFrom(DuplexTest.open(""))
                        .starting("duplex", "--http2-prior-knowledge", peer.url())) {
            assertThat(peer.goodbye()).isIn(FLOW_CONTROL_ERROR, -1);
            stuck.release();
            assertThat(running.end().mustFailWith(56).stderr()).contains("more than its window allows");
        }
    }

    @Test
    void windowsThatAreNoneEndTheConnection() throws Exception {
        for (int stream : new int[] {0, 1}) {
            breaks(PROTOCOL_ERROR, "widened by nothing", frames -> frames.sendWords(WINDOW_UPDATE, stream, 0));
            breaks(
                    FLOW_CONTROL_ERROR,
                    "too large",
                    frames -> frames.sendWords(WINDOW_UPDATE, stream, Integer.MAX_VALUE));
        }
        breaks(PROTOCOL_ERROR, "belongs to nothing", frames -> frames.sendWords(WINDOW_UPDATE, 3, 1));
        breaks(FRAME_SIZE_ERROR, "wrong size", frames -> frames.send(WINDOW_UPDATE, 0, 1, (byte) 1));
        breaks(FLOW_CONTROL_ERROR, "too large", frames -> frames.set(4, -1));
        breaks(FLOW_CONTROL_ERROR, "too large", frames -> {
            frames.sendWords(WINDOW_UPDATE, 1, Integer.MAX_VALUE - 65_535);
            frames.set(4, 65_536);
        });
    }

    @Test
    void aWindowThatShrinksBelowNothingHoldsTheUploadUntilItIsWideAgain() throws Exception {
        var seen = new AtomicInteger();
        byte[] sent = new byte[200_000];
        Arrays.fill(sent, (byte) 'x');
        try (var peer = Http2Peer.doing(frames -> {
            int size = 65_535;
            for (int got = 0; got < size; ) {
                got += frames.await(DATA).remaining();
                seen.set(got);
            }
            // The window of the stream is now 1000 - 65535, and what widens it to nothing grants nothing.
            frames.set(4, 1000);
            frames.sendWords(WINDOW_UPDATE, 0, 1_000_000);
            frames.sendWords(WINDOW_UPDATE, 1, 65_535 - 1000);
            frames.send(PING, 0, 0, new byte[8]);
            // Exactly one byte is granted, and one comes.
            frames.sendWords(WINDOW_UPDATE, 1, 1);
            seen.addAndGet(frames.await(DATA).remaining());
            frames.set(4, 500_000);
            while (seen.get() < sent.length) {
                seen.addAndGet(frames.await(DATA).remaining());
            }
            frames.head(OK);
            frames.last("all");
        })) {
            assertThat(run(peer, new ByteArrayInputStream(sent)).mustSucceed().stdout())
                    .isEqualTo("all");
        }
        assertThat(seen).hasValue(sent.length);
    }

    @Test
    void framesThatAreNoneEndTheConnection() throws Exception {
        breaks(FRAME_SIZE_ERROR, "a frame of 100000 bytes", frames -> frames.send(DATA, 0, 1, new byte[100_000]));
        breaks(FRAME_SIZE_ERROR, "settings that are none", frames -> frames.send(SETTINGS, 0, 0, new byte[5]));
        breaks(FRAME_SIZE_ERROR, "settings that are none", frames -> frames.send(SETTINGS, ACK, 0, new byte[6]));
        breaks(FRAME_SIZE_ERROR, "wrong size", frames -> frames.send(PING, 0, 0, new byte[7]));
        breaks(FRAME_SIZE_ERROR, "wrong size", frames -> frames.send(RST_STREAM, 0, 1, new byte[3]));
        breaks(FRAME_SIZE_ERROR, "too short", frames -> frames.send(GOAWAY, 0, 0, new byte[4]));
        for (int type : new int[] {SETTINGS, PING, GOAWAY}) {
            breaks(PROTOCOL_ERROR, "belongs to no stream", frames -> frames.send(type, 0, 1, new byte[8]));
        }
        breaks(PROTOCOL_ERROR, "a frame size that is none", frames -> frames.set(5, 16_383));
        breaks(PROTOCOL_ERROR, "wants to be pushed to", frames -> frames.set(2, 1));
        breaks(PROTOCOL_ERROR, "a push", frames -> frames.send(PUSH_PROMISE, END_HEADERS, 1, new byte[8]));
        breaks(PROTOCOL_ERROR, "a reset of nothing", frames -> frames.sendWords(RST_STREAM, 3, 8));
    }

    @Test
    void whatIsNotKnownIsPassedOver() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
            frames.send(0x77, 0xFF, 5, new byte[1000]);
            frames.send(PRIORITY, 0, 3, new byte[5]);
            frames.set(0x4242, 7);
            frames.head(OK);
            frames.send(DATA, PADDED, 1, (byte) 2, (byte) 'o', (byte) 'k', (byte) 0, (byte) 0);
            frames.last("");
        })) {
            assertThat(run(peer, DuplexTest.open("")).mustSucceed().stdout()).isEqualTo("ok");
        }
    }

    @Test
    void paddingThatIsLongerThanItsFrameEndsTheConnection() throws Exception {
        breaks(PROTOCOL_ERROR, "padding", frames -> {
            frames.head(OK);
            frames.send(DATA, PADDED, 1, (byte) 3, (byte) 'o', (byte) 'k');
        });
        breaks(PROTOCOL_ERROR, "padding", frames -> {
            frames.head(OK);
            frames.send(DATA, PADDED, 1);
        });
        breaks(
                PROTOCOL_ERROR,
                "padding",
                frames -> frames.send(HEADERS, END_HEADERS | PADDED, 1, (byte) 9, (byte) 0x88));
    }

    @Test
    void whatBelongsToNoStreamEndsTheConnection() throws Exception {
        breaks(PROTOCOL_ERROR, "a body that belongs to nothing", frames -> frames.data("early"));
        breaks(PROTOCOL_ERROR, "a body that belongs to nothing", frames -> frames.send(DATA, 0, 3, (byte) 'x'));
        breaks(PROTOCOL_ERROR, "a head that belongs to nothing", frames -> frames.send(HEADERS, 4, 2, block(OK)));
        breaks(PROTOCOL_ERROR, "a continuation of nothing", frames -> frames.send(CONTINUATION, 4, 1, block(OK)));
        breaks(PROTOCOL_ERROR, "a head that is interrupted", frames -> {
            frames.send(HEADERS, 0, 1, block(OK));
            frames.send(PING, 0, 0, new byte[8]);
        });
        breaks(PROTOCOL_ERROR, "a continuation of nothing", frames -> {
            frames.send(HEADERS, 0, 1, block(OK));
            frames.send(CONTINUATION, 4, 3);
        });
    }

    @Test
    void whatFollowsTheEndOfTheResponseDoesNotMakeItLess() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
            frames.head(OK);
            frames.last("whole");
            frames.data("more");
        })) {
            assertThat(run(peer, DuplexTest.open("")).mustSucceed().stdout()).isEqualTo("whole");
        }
    }

    @Test
    void headsThatAreNoneAreMalformed() throws Exception {
        String[][] heads = {
            {"content-type", "text/plain"},
            {":status", "abc"},
            {":status", "2000"},
            {":status", "200", ":status", "200"},
            {"server", "x", ":status", "200"},
            {":status", "200", ":path", "/"},
            {":status", "200", "Server", "x"},
            {":status", "200", "connection", "close"},
            {":status", "200", "transfer-encoding", "chunked"},
            {":status", "200", "a b", "x"},
            {":status", "200", "", "x"},
            {":status", "200", "x", "a\r\nb"},
            {":status", "101"},
        };
        for (String[] head : heads) {
            fails(56, "malformed", frames -> frames.head(head));
        }
        fails(56, "malformed", frames -> {
            frames.head(OK);
            frames.head(OK);
        });
        fails(56, "malformed", frames -> frames.send(HEADERS, END_HEADERS | END_STREAM, 1, block(":status", "103")));
        var run = fails(56, "malformed", frames -> {
            frames.head(OK);
            frames.data("body");
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, block(":status", "200"));
        });
        assertThat(run.stdout()).isEqualTo("body");
    }

    @Test
    void interimAnswersComeBeforeTheHeadAndTrailersBehindTheBody() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
            frames.head(":status", "100");
            frames.head(":status", "103", "link", "</style.css>");
            frames.head(OK);
            frames.data("body");
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, block("x-sum", "1"));
        })) {
            assertThat(run(peer, DuplexTest.open("")).mustSucceed().stdout()).isEqualTo("body");
        }
    }

    @Test
    void aBodyThatIsNotAsLongAsItsHeadSaysIsNotTakenForWhole() throws Exception {
        fails(18, "only 3 of 5 bytes", frames -> {
            frames.head(":status", "200", "content-length", "5");
            frames.last("abc");
        });
        fails(18, "only 0 of 5 bytes", frames -> {
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, block(":status", "200", "content-length", "5"));
        });
        fails(56, "longer than its Content-Length", frames -> {
            frames.head(":status", "200", "content-length", "5");
            frames.last("abcdef");
        });
        fails(56, "Content-Length", frames -> {
            frames.head(":status", "200", "content-length", "5", "content-length", "6");
            frames.last("abcde");
        });
        fails(18, "after 3 bytes", frames -> {
            frames.head(":status", "200", "content-length", "5");
            frames.data("abc");
            frames.leave();
        });
    }

    @Test
    void aServerOfAnotherProtocolIsNamedAsThat() throws Exception {
        Http2Peer.Script[] scripts = {
            frames -> frames.raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
            frames -> frames.send(PING, 0, 0, new byte[8]),
            frames -> frames.head(OK),
            frames -> frames.raw("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc"),
        };
        for (Http2Peer.Script script : scripts) {
            try (var peer = Http2Peer.atOnce(script)) {
                assertThat(run(peer, DuplexTest.open("")).mustFailWith(56).stderr())
                        .contains("does not speak HTTP/2");
            }
        }
        try (var server = EchoServer.doing(connection -> connection.in().read())) {
            Relay.reading(DuplexTest.open(""))
                    .with("duplex", "--http2-prior-knowledge", server.url())
                    .mustFailWith(52);
        }
    }

    @Test
    void aPingIsAnsweredWithItsOwnBytesWhileBothBodiesRest() throws Exception {
        byte[] question = "question".getBytes(StandardCharsets.US_ASCII);
        try (var peer = Http2Peer.doing(frames -> {
            frames.send(PING, 0, 0, question);
            frames.head(OK);
            frames.last(new String(frames.awaitAnswer(), StandardCharsets.US_ASCII));
        })) {
            assertThat(run(peer, DuplexTest.open("")).mustSucceed().stdout()).isEqualTo("question");
        }
    }

    @Test
    void aShortResponseIsToldAsThatWhileTheRequestIsStillBeingSent() throws Exception {
        try (var peer = Http2Peer.doing(frames -> {
            frames.head(":status", "200", "content-length", "5");
            frames.last("abc");
            frames.sendWords(RST_STREAM, 1, 0);
            frames.drain();
        })) {
            Run run = run(peer, DuplexTest.endless()).mustFailWith(18);
            assertThat(run.stderr()).contains("only 3 of 5 bytes");
        }
        try (var peer = Http2Peer.doing(frames -> {
            frames.head(OK);
            frames.data("abc");
            frames.finish();
            frames.drain();
        })) {
            Run run = run(peer, DuplexTest.endless()).mustFailWith(18);
            assertThat(run.stderr()).contains("after 3 bytes");
        }
    }
}
