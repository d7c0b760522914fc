package dev.relay.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.http.Headers;
import dev.relay.wire.MessageReader;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request means one thing, or it is refused. */
class RequestReadingTest {
    private static RequestHead parse(String start, String... lines) throws RefusedException {
        var fields = new ArrayList<Headers.Field>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(new Headers.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return RequestReading.parse(new MessageReader.RawHead(start, new Headers(fields)));
    }

    private static int refused(String start, String... lines) {
        return catchThrowableOfType(RefusedException.class, () -> parse(start, lines))
                .status();
    }

    @Test
    void aTargetIsPathAndQuery() throws Exception {
        RequestHead head = parse("GET /a/b?c=d HTTP/1.1", "Host: localhost:80");

        assertThat(head.path()).isEqualTo("/a/b");
        assertThat(head.query()).isEqualTo("c=d");
        assertThat(head.authority()).isEqualTo("localhost:80");
        assertThat(head.length()).isZero();
    }

    @Test
    void theAuthorityOfAnAbsoluteTargetCountsForMoreThanHost() throws Exception {
        RequestHead head = parse("GET http://one.test?x HTTP/1.1", "Host: two.test");

        assertThat(head.authority()).isEqualTo("one.test");
        assertThat(head.path()).isEqualTo("/");
        assertThat(head.query()).isEqualTo("x");
    }

    @Test
    void oldClientsNeedNoHost() throws Exception {
        assertThat(parse("GET / HTTP/1.0").authority()).isNull();
        assertThat(parse("GET / HTTP/1.0").isOld()).isTrue();
        assertThat(parse("GET / HTTP/1.7", "Host: a").isOld()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/2.0', 505",
        "'PRI * HTTP/2.0', 505",
        "'GET / HTTP/1', 400",
        "'GET /', 400",
        "'GET  / HTTP/1.1', 400",
        "'GET / HTTP/1.1 ', 400",
        "'GET / x HTTP/1.1', 400",
        "'G@T / HTTP/1.1', 400",
        "'BREW / HTTP/1.1', 501",
        "'CONNECT a:80 HTTP/1.1', 405",
        "'GET * HTTP/1.1', 400",
        "'GET a/b HTTP/1.1', 400",
        "'GET /a#b HTTP/1.1', 400",
        "'GET /a\\b HTTP/1.1', 400",
        "'GET http:///a HTTP/1.1', 400",
        "'GET http://u@h/a HTTP/1.1', 400",
    })
    void aRequestLineThatIsNotQuiteOneIsRefused(String start, int status) {
        assertThat(refused(start, "Host: a")).isEqualTo(status);
    }

    @Test
    void exactlyOneHostIsNamed() {
        assertThat(refused("GET / HTTP/1.1")).isEqualTo(400);
        assertThat(refused("GET / HTTP/1.1", "Host: a", "Host: a")).isEqualTo(400);
        assertThat(refused("GET / HTTP/1.1", "Host: a b")).isEqualTo(400);
        assertThat(refused("GET / HTTP/1.1", "Host: a/b")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1", "-1", "1,1", "0x1", "1 1", "1234567890123456789"})
    void aLengthThatIsNoNumberIsRefused(String length) {
        assertThat(refused("POST / HTTP/1.1", "Host: a", "Content-Length: " + length))
                .isEqualTo(400);
    }

    @Test
    void twoWaysToTellTheEndOfABodyAreRefused() {
        assertThat(refused("POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 1"))
                .isEqualTo(400);
        assertThat(refused("POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Transfer-Encoding: chunked"))
                .isEqualTo(400);
        assertThat(refused("POST / HTTP/1.0", "Transfer-Encoding: chunked")).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "'gzip, chunked', 501",
        "'xchunked', 400",
        "'chunked, chunked', 400",
        "'chunked, gzip', 400",
        "'identity', 400",
        "'', 400"
    })
    void chunkedAloneIsUndone(String coding, int status) {
        assertThat(refused("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: " + coding))
                .isEqualTo(status);
        assertThat(refused("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"))
                .isEqualTo(400);
    }

    @Test
    void aBodyHasALengthOrComesInChunks() throws Exception {
        assertThat(parse("PUT / HTTP/1.1", "Host: a", "Content-Length: 12").length())
                .isEqualTo(12);
        assertThat(parse("PUT / HTTP/1.1", "Host: a", "Transfer-Encoding: Chunked")
                        .length())
                .isEqualTo(RequestHead.CHUNKED);
    }

    @Test
    void anExpectationIsToGoOnOrCannotBeMet() throws Exception {
        assertThat(parse("PUT / HTTP/1.1", "Host: a", "Expect: 100-Continue").expectsContinue())
                .isTrue();
        assertThat(parse("PUT / HTTP/1.0", "Expect: 100-continue").expectsContinue())
                .isFalse();
        assertThat(refused("PUT / HTTP/1.1", "Host: a", "Expect: a-miracle")).isEqualTo(417);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatThrownBy(() -> parse("GET / HTTP/1.1")).hasMessage("no Host");
    }
}
