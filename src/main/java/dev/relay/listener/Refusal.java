package dev.relay.listener;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The answer to what is no request: there is nothing known of the client, so it gets the plainest there is. */
final class Refusal {
    private Refusal() {}

    static void send(Connection connection, RefusedException why) throws IOException {
        byte[] text = (why.getMessage() + "\n").getBytes(StandardCharsets.US_ASCII);
        var headers = new Headers(List.of(
                new Headers.Field("Content-Type", "text/plain; charset=utf-8"),
                new Headers.Field("X-Content-Type-Options", "nosniff"),
                new Headers.Field("Content-Length", Integer.toString(text.length)),
                new Headers.Field("Connection", "close")));
        String head = new Head("HTTP/1.1", why.status(), headers).text();
        connection
                .line()
                .write(
                        connection.allowances().still().toNanos(),
                        ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)),
                        ByteBuffer.wrap(text));
        connection.leave();
    }
}
