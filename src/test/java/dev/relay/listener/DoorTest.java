package dev.relay.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.support.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server: what it takes for a request, how its responses end, and what it notices of a client. */
class DoorTest {
    private @Nullable Door opened;

    private int open(Door.Host host) throws IOException {
        var door = Door.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, host);
        opened = door;
        door.open();
        return door.port();
    }

    @AfterEach
    void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Chunks body) throws IOException {
        var all = new ByteArrayOutputStream();
        var channel = Channels.newChannel(all);
        for (ByteBuffer piece = body.next(); piece != null; piece = body.next()) {
            channel.write(piece);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static void echo(Exchange exchange) throws IOException {
        exchange.answer(200, Headers.NONE, read(exchange.body()));
    }

    @Test
    void aBodyOfAKnownLengthSaysIt() throws Exception {
        int port = open(exchange -> exchange.answer(200, Headers.NONE, "hello"));

        try (var client = RawClient.to(port).get("/")) {
            assertThat(client.restText())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nContent-Length: 6\r\n")
                    .contains("\r\nConnection: close\r\n")
                    .doesNotContainIgnoringCase("server:")
                    .endsWith("\r\n\r\nhello\n");
        }
    }

    @Test
    void anUnknownLengthComesInChunksEachAtOnce() throws Exception {
        var go = new CompletableFuture<Void>();
        int port = open(exchange -> {
            exchange.response().begin(200, Headers.NONE, Response.UNKNOWN);
            exchange.response().write(bytes("first"));
            go.join();
            exchange.response().write(bytes("second"));
            exchange.response().end();
        });

        try (var client = RawClient.to(port).get("/")) {
            assertThat(client.head()).contains("Transfer-Encoding: chunked");
            assertThat(client.read(10)).isEqualTo("5\r\nfirst\r\n");
            go.complete(null);
            assertThat(client.restText()).isEqualTo("6\r\nsecond\r\n0\r\n\r\n");
        }
    }

    @Test
    void anOldClientSeesTheEndOfTheConnection() throws Exception {
        int port = open(exchange -> {
            exchange.response().begin(200, Headers.NONE, Response.UNKNOWN);
            exchange.response().write(bytes("all of it"));
            exchange.response().end();
        });

        try (var client = RawClient.to(port).send("GET / HTTP/1.0\r\n\r\n")) {
            assertThat(client.head()).doesNotContain("chunked").doesNotContain("Content-Length");
            assertThat(client.restText()).isEqualTo("all of it");
            assertThat(client.wasReset()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, 100", "HTTP/1.1, -1", "HTTP/1.0, 100", "HTTP/1.0, -1"})
    void whatDoesNotEndIsCutByAReset(String version, long length) throws Exception {
        int port = open(exchange -> {
            exchange.response().begin(200, Headers.NONE, length);
            exchange.response().write(bytes("some of it"));
            throw new IOException("the source broke");
        });

        try (var client = RawClient.to(port).send("GET / " + version + "\r\nHost: a\r\n\r\n")) {
            assertThat(client.restText()).doesNotContain("\r\n0\r\n");
            assertThat(client.wasReset()).isTrue();
        }
    }

    @Test
    void nothingIsSentBehindAHeadThatWasAskedForAlone() throws Exception {
        int port = open(exchange -> exchange.answer(200, Headers.NONE, "hello"));

        try (var client = RawClient.to(port).request("HEAD", "/")) {
            assertThat(client.restText()).contains("Content-Length: 6").endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 11\r\n\r\nhello there",
                "Transfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5;x=y\r\nthere\r\n0\r\nTrailer: x\r\n\r\n"
            })
    void aRequestBodyIsReadToItsEnd(String rest) throws Exception {
        int port = open(DoorTest::echo);

        try (var client = RawClient.to(port).send("POST / HTTP/1.1\r\nHost: a\r\n" + rest)) {
            assertThat(client.restText()).endsWith("hello there\n");
        }
    }

    @Test
    void aClientThatWaitsForAWordGetsIt() throws Exception {
        int port = open(DoorTest::echo);

        try (var client = RawClient.to(port)
                .send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")) {
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("ok").restText()).endsWith("ok\n");
        }
    }

    @Test
    void theResponseMayBeginBeforeTheRequestHasEnded() throws Exception {
        int port = open(exchange -> {
            exchange.response().begin(200, Headers.NONE, Response.UNKNOWN);
            Chunks body = exchange.body();
            for (ByteBuffer piece = body.next(); piece != null; piece = body.next()) {
                exchange.response().write(piece);
            }
            exchange.response().end();
        });

        try (var client = RawClient.to(port).send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n")) {
            client.head();
            client.send("one");
            assertThat(client.read(8)).isEqualTo("3\r\none\r\n");
            client.send("two");
            assertThat(client.restText()).isEqualTo("3\r\ntwo\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n"
            })
    void whatCouldBeReadInTwoWaysIsRefusedAndTheConnectionClosed(String request) throws Exception {
        int port = open(DoorTest::echo);

        try (var client = RawClient.to(port).send(request + "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            String answer = client.restText();
            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(answer.split("HTTP/1.1", -1)).hasSize(2);
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        int port = open(DoorTest::echo);

        try (var client = RawClient.to(port).get("/" + "x".repeat(9000))) {
            assertThat(client.restText()).startsWith("HTTP/1.1 414 ");
        }
        try (var client = RawClient.to(port).get("/", "X: y\r\n".repeat(101).strip())) {
            assertThat(client.restText()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void aSecondRequestOnTheSameConnectionIsNotAnswered() throws Exception {
        int port = open(DoorTest::echo);

        try (var client = RawClient.to(port).get("/").get("/")) {
            assertThat(client.restText().split("HTTP/1.1", -1)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesIsNoticedWhileTheSourceIsSilent(boolean byReset) throws Exception {
        var noticed = new CompletableFuture<Throwable>();
        int port = open(exchange -> {
            try (var presence = exchange.watched()) {
                exchange.response().begin(200, Headers.NONE, 10);
                exchange.response().write(bytes("five "));
                try {
                    TimeUnit.MINUTES.sleep(1);
                } catch (InterruptedException e) {
                    presence.check();
                }
            } catch (ClientGoneException e) {
                noticed.complete(e);
                throw e;
            }
        });

        try (var client = RawClient.to(port).get("/")) {
            client.readTo("five ");
            if (byReset) {
                client.abort();
            }
        }
        assertThat(noticed.get(20, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
    }

    /** What came of confirming that a client has everything. */
    private int confirming(CompletableFuture<String> how, int length) throws IOException {
        return open(exchange -> {
            try (var presence = exchange.watched()) {
                exchange.response().begin(200, Headers.NONE, length);
                exchange.response().write(ByteBuffer.allocate(length));
                exchange.response().end();
                exchange.confirm(presence);
                how.complete("received");
            } catch (ClientGoneException e) {
                how.complete("gone");
            }
        });
    }

    @Test
    void aClientThatReadsAllAndClosesHasReceivedIt() throws Exception {
        var how = new CompletableFuture<String>();
        try (var client = RawClient.to(confirming(how, 3_000_000)).get("/")) {
            assertThat(client.rest()).hasSizeGreaterThan(3_000_000);
        }
        assertThat(how.get(20, TimeUnit.SECONDS)).isEqualTo("received");
    }

    @Test
    void aClientThatLeavesTheLastByteUnreadHasNotReceivedIt() throws Exception {
        var how = new CompletableFuture<String>();
        try (var client = RawClient.to(confirming(how, 100_000)).get("/")) {
            client.head();
            client.read(99_999);
        }
        assertThat(how.get(20, TimeUnit.SECONDS)).isEqualTo("gone");
    }

    @Test
    void aClientWhoseLastBytesAreStillOnTheirWayHasNotReceivedThem() throws Exception {
        var how = new CompletableFuture<String>();
        try (var client = RawClient.to(confirming(how, 1_000_000), 4096).get("/")) {
            client.head();
            client.read(1000);
            assertThat(how).isNotDone();
        }
        assertThat(how.get(20, TimeUnit.SECONDS)).isEqualTo("gone");
    }
}
