package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.plan.Limits;
import dev.relay.wire.ChunkedBody;
import dev.relay.wire.SizedBody;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Body and response are independent of each other, and may be used by two threads at the
 * same time.
 */
public final class Exchange {
    /** How long a client over TLS is given to close before we do. */
    private static final long FIRST = TimeUnit.SECONDS.toNanos(2);

    private final Connection connection;
    private final RequestHead request;
    private final Response response;

    Exchange(Connection connection, RequestHead request) {
        this.connection = connection;
        this.request = request;
        this.response = new Response(
                request, connection.line(), connection.allowances().still().toNanos());
    }

    public RequestHead request() {
        return request;
    }

    public Response response() {
        return response;
    }

    /** Where the client is. */
    public InetAddress remote() {
        return connection.remote().getAddress();
    }

    /** The request body; the client is told to go on when it waits for that (RFC 9110 §10.1.1). To be called once. */
    public Chunks body() throws IOException {
        return body(connection.patience());
    }

    /** The same from a client, and to a client, that may be silent for as long as it likes. */
    Chunks patientBody() throws IOException {
        response.waitForEver();
        return body(new Patience(Limits.NONE, false));
    }

    private Chunks body(Patience patience) throws IOException {
        if (request.expectsContinue()) {
            response.interim(100);
        }
        return request.length() == RequestHead.CHUNKED
                ? new ChunkedBody(connection.line(), connection.inlet(), patience)
                : SizedBody.ofLength(connection.line(), connection.inlet(), patience, request.length());
    }

    /** Answers with a short text, or with nothing but a head. */
    public void answer(int status, Headers headers, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : (text + "\n").getBytes(StandardCharsets.UTF_8);
        Headers fields = headers.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
        response.begin(
                status,
                bytes.length == 0 ? fields : fields.with("Content-Type", "text/plain; charset=utf-8"),
                bytes.length);
        response.write(ByteBuffer.wrap(bytes));
        response.end();
    }

    /**
     * Watches the client from now on: when it leaves, the calling thread is interrupted and the response's next write
     * throws {@link ClientGoneException}. To be closed by the same thread; the request body must have been read, for
     * nothing else may read from the connection meanwhile.
     */
    Presence watched() throws ClientGoneException {
        Presence presence = Presence.of(connection.inlet());
        response.watching(presence);
        presence.begin();
        return presence;
    }

    /**
     * Returns once the client has received everything, as far as that can be known: its system has confirmed the last
     * byte, where ours tells, and it has then closed the connection in order, with nothing unread.
     *
     * @param presence what {@link #watched} gave, the response having ended
     * @throws ClientGoneException when the connection broke, or did not end within a minute without the last byte being
     *     confirmed
     */
    void confirm(Presence presence) throws IOException {
        long closing = connection.allowances().closing().toNanos();
        new Confirmation(connection, presence).await(closing, connection.isSecure() ? FIRST : 0);
    }

    /** Ends the connection so that the client cannot take what it has for whole. */
    public void cut() {
        connection.abort();
    }
}
