package dev.relay.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Headers;
import dev.relay.support.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that connect and do not say what they want. */
class SilentClientTest {
    @Test
    void aRequestThatDoesNotComeIsGivenUpAfterTenSeconds() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var door = Door.at(address, null, exchange -> exchange.answer(200, Headers.NONE, "hello"))) {
            door.open();
            long start = System.nanoTime();
            try (var client = RawClient.to(door.port()).send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
                    var other = RawClient.to(door.port()).get("/")) {
                assertThat(other.restText()).endsWith("hello\n");
                assertThat(client.restText()).startsWith("HTTP/1.1 408 ");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        }
    }
}
