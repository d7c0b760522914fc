package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Gate;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body ends is known or it is a failure; a cut one never looks whole (RFC 9112 §6). */
class FramingTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    private static String whole(Answer answer) throws Exception {
        try (var upstream = ScriptedUpstream.answering(answer)) {
            return Relay.run("get", "--retry", "0", upstream.url())
                    .mustSucceed()
                    .stdout();
        }
    }

    private static Run broken(Answer answer) throws Exception {
        try (var upstream = ScriptedUpstream.answering(answer)) {
            return Relay.run("get", "--retry", "0", upstream.url());
        }
    }

    @Test
    void aLengthThatIsNotReachedIsEighteen() throws Exception {
        var run = broken(Answer.ok("hello world").cutAfter(5)).mustFailWith(18);
        assertThat(run.stdout()).isEqualTo("hello");
    }

    @Test
    void aLengthOfWhichNothingComesIsAFailure() throws Exception {
        // Where the end comes together with the head, the head may go unseen.
        var run = broken(Answer.ok("hello world").cutAfter(0)).mustFailWithOneOf(18, 56);
        assertThat(run.stdoutBytes()).isEmpty();
    }

    @Test
    void chunksWithoutTheLastAreEighteen() throws Exception {
        var between = broken(Answer.ok("hello world").chunked().inPiecesOf(5).cutAfter(5))
                .mustFailWith(18);
        assertThat(between.stdout()).isEqualTo("hello");
        var inside = broken(Answer.ok("hello world").chunked().cutAfter(5)).mustFailWith(18);
        assertThat("hello").startsWith(inside.stdout());
    }

    @Test
    void theLastChunkAloneDoesNotEndABody() throws Exception {
        var head = HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
        broken(Answer.raw(head + "0\r\n")).mustFailWithOneOf(18, 56);
        broken(Answer.raw(head + "0")).mustFailWithOneOf(18, 56);
        assertThat(whole(Answer.raw(head + "0\r\n\r\n"))).isEqualTo("hello");
    }

    @Test
    void aBodyUntilTheEndOfTheConnectionIsWholeThen() throws Exception {
        assertThat(whole(Answer.ok("hello world").untilClose())).isEqualTo("hello world");
    }

    @Test
    void aResetIsFiftySixHoweverTheBodyIsFramed() throws Exception {
        var answer = Answer.ok("hello world").resetAfter(5);
        for (var framed : new Answer[] {answer, answer.chunked(), answer.untilClose()}) {
            var run = broken(framed).mustFailWith(56);
            assertThat("hello").startsWith(run.stdout());
        }
    }

    @Test
    void overTlsAnEndWithoutGoodbyeIsNoEnd() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        var cut = Answer.ok("hello world").cutAfter(5);
        for (var framed : new Answer[] {cut, cut.chunked(), cut.untilClose()}) {
            try (var upstream = ScriptedUpstream.answering(framed).as(identity)) {
                var run = Relay.run("get", "--retry", "0", "-k", upstream.url()).mustFailWithOneOf(18, 56);
                assertThat("hello").startsWith(run.stdout());
            }
        }
        try (var upstream = ScriptedUpstream.sending("hello").untilClose().as(identity)) {
            assertThat(Relay.run("get", "--retry", "0", "-k", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
        }
    }

    @Test
    void bytesBeyondTheLengthAreNotTheBody() throws Exception {
        assertThat(whole(Answer.ok("hello world").declaring(5).closing())).isEqualTo("hello");
    }

    @Test
    void lengthAndTransferCodingTogetherAreRefused() throws Exception {
        var chunks = "5\r\nhello\r\n0\r\n\r\n";
        for (String lines : new String[] {
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 15\r\n",
        }) {
            var run = broken(Answer.raw(HEAD + lines + "\r\n" + chunks)).mustFailWith(56);
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }

    @Test
    void lengthsThatDifferAreRefused() throws Exception {
        for (String lines : new String[] {
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Content-Length: 5\r\nX: y\r\ncontent-length: 4\r\n",
            "Content-Length: 5, 6\r\n",
        }) {
            var run = broken(Answer.raw(HEAD + lines + "\r\nhello!")).mustFailWith(56);
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }

    @Test
    void theSameLengthTwiceIsOneLength() throws Exception {
        assertThat(whole(Answer.raw(HEAD + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")))
                .isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "+5", "5x", "0x5", "five", "99999999999999999999", "5.0", "5 5"})
    void aLengthThatIsNoNumberIsRefused(String length) throws Exception {
        String response = HEAD + "Content-Length: " + length + "\r\n\r\nhello";
        broken(Answer.raw(response).pauseAfter(response.length(), new Gate())).mustFailWith(56);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "gzip", "chunked, gzip", "nonsense"})
    void aTransferCodingThatCannotBeUndoneIsRefused(String coding) throws Exception {
        var run = broken(Answer.raw(HEAD + "Transfer-Encoding: " + coding + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        assertThat(run.mustFailWith(56).stdoutBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello!\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
            })
    void badChunksAreAFailure(String chunks) throws Exception {
        var run = broken(Answer.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks));
        run.mustFailWithOneOf(56, 18);
    }

    @Test
    void chunkExtensionsAndTrailersAreNotTheBody() throws Exception {
        assertThat(whole(
                        Answer.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n5;a=b;c\r\nhello\r\n0\r\nX-T: 1\r\n\r\n")))
                .isEqualTo("hello");
        assertThat(whole(Answer.ok("hello").trailer("X-T: 1"))).isEqualTo("hello");
    }

    @Test
    void aStatusWithoutBodyHasNone() throws Exception {
        assertThat(whole(Answer.status(204))).isEmpty();
        assertThat(whole(Answer.status(204).line("Content-Length: 0"))).isEmpty();
        assertThat(whole(Answer.status(304).line("Content-Length: 5"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void aBodyAfterNoContentIsRefused(String rest) throws Exception {
        var run = broken(Answer.raw("HTTP/1.1 204 No Content\r\n" + rest)).mustFailWith(56);
        assertThat(run.stdoutBytes()).isEmpty();
    }

    @Test
    void strayBytesAfterNoContentAreNotWritten() throws Exception {
        for (int status : new int[] {204, 304}) {
            var run = broken(Answer.raw("HTTP/1.1 " + status + " Nothing\r\n\r\nhello"));
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }

    @Test
    void interimResponsesComeFirst() throws Exception {
        assertThat(whole(Answer.ok("hello")
                        .interim("HTTP/1.1 100 Continue")
                        .interim("HTTP/1.1 103 Early Hints", "Link: </style.css>")
                        .interim("HTTP/1.1 102 Processing")))
                .isEqualTo("hello");
    }

    @Test
    void aSwitchOfProtocolsThatNobodyAskedForIsAFailure() throws Exception {
        broken(Answer.raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nhello"))
                .mustFailWith(56);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>HTTP/0.9</html>\r\n\r\n",
                "\0\1\2\3\4\5\6\7\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 xyz OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
            })
    void whatIsNoResponseIsFiftySix(String garbage) throws Exception {
        assertThat(broken(Answer.raw(garbage)).mustFailWith(56).stdoutBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Len", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"})
    void aHeadThatIsCutIsNoAnswer(String head) throws Exception {
        assertThat(broken(Answer.raw(head)).mustFailWithOneOf(52, 56).stdoutBytes())
                .isEmpty();
    }

    @Test
    void aLineWithoutColonIsNoBody() throws Exception {
        var run = broken(Answer.raw(HEAD + "no colon here\r\nContent-Length: 5\r\n\r\nhello"));
        assertThat(run.exit() == 0 ? run.stdout() : "hello").isEqualTo("hello");
        assertThat(run.exit()).isIn(0, 56);
    }

    @Test
    void aHeadWithoutEndIsFiftySix() throws Exception {
        broken(Answer.raw(HEAD + "X: " + "x".repeat(1 << 20) + "\r\n\r\n")).mustFailWith(56);
        broken(Answer.raw(HEAD + "X: y\r\n".repeat(200_000) + "\r\n")).mustFailWith(56);
    }

    @Test
    void aLongHeadIsAHead() throws Exception {
        assertThat(whole(Answer.ok("hello").line("X: " + "x".repeat(100_000)))).isEqualTo("hello");
    }

    @Test
    void aStatusLineWithoutReasonIsAStatusLine() throws Exception {
        assertThat(whole(Answer.ok("hello").statusLine("HTTP/1.1 200 "))).isEqualTo("hello");
        assertThat(whole(Answer.ok("hello").statusLine("HTTP/1.1 200"))).isEqualTo("hello");
    }

    @Test
    void http10IsUnderstood() throws Exception {
        assertThat(whole(Answer.ok("hello").statusLine("HTTP/1.0 200 OK").closing()))
                .isEqualTo("hello");
        assertThat(whole(Answer.raw("HTTP/1.0 200 OK\r\n\r\nhello"))).isEqualTo("hello");
        broken(Answer.raw("HTTP/1.0 200 OK\r\nContent-Length: 11\r\n\r\nhello")).mustFailWith(18);
    }

    @Test
    void aPartThatNobodyAskedForIsNotTheBody() throws Exception {
        var part = Answer.status(206).body("hello").line("Content-Range: bytes 0-4/11");
        assertThat(broken(part).mustFailWith(56).stdoutBytes()).isEmpty();
    }

    @Test
    void aBodyByteByByteIsABody() throws Exception {
        assertThat(whole(Answer.ok("hello world").inPiecesOf(1))).isEqualTo("hello world");
        assertThat(whole(Answer.ok("hello world").chunked().inPiecesOf(1))).isEqualTo("hello world");
        assertThat(whole(Answer.raw(HEAD + "Content-Length: 5\r\n\r\nhello").inPiecesOf(1)))
                .isEqualTo("hello");
    }

    @Test
    void aHeadHasNoBodyWhateverItSays() throws Exception {
        for (var answer : new Answer[] {Answer.ok("hello"), Answer.ok("hello").chunked()}) {
            try (var upstream = ScriptedUpstream.answering(answer)) {
                assertThat(Relay.run("head", upstream.url()).mustSucceed().stdout())
                        .doesNotContain("hello");
            }
        }
    }

    @Test
    void aServerMaySayAnyNumberOfTimesThatItIsStillAtWork() throws Exception {
        var answer = Answer.ok("hello");
        for (int i = 0; i < 50; i++) {
            answer = answer.interim("HTTP/1.1 102 Processing");
        }
        assertThat(whole(answer)).isEqualTo("hello");
    }
}
