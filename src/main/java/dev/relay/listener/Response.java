package dev.relay.listener;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.wire.ChunkedOutlet;
import dev.relay.wire.Line;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The response to one request. A body has the length that was said, comes in chunks, or, for HTTP/1.0, ends with the
 * connection; each piece leaves at once. What does not come to its end in order is cut: never a last chunk, never fewer
 * bytes than were said.
 */
public final class Response {
    /** The length of a body that is not known before its end. */
    public static final long UNKNOWN = -1;

    private final RequestHead request;
    private final Line line;
    private @Nullable ChunkedOutlet chunks;
    private long still;
    private volatile @Nullable Presence presence;
    /** Before the last byte is sent; for a watch that begins while another thread ends the response. */
    private volatile boolean completing;

    private long left;
    private long sent;
    private boolean begun;
    private boolean bodiless;
    private boolean ended;

    /** @param still how many nanoseconds the client may take nothing */
    Response(RequestHead request, Line line, long still) {
        this.still = still;
        this.request = request;
        this.line = line;
    }

    /** Who has to be there until the last byte. */
    void watching(Presence client) throws ClientGoneException {
        presence = client;
        if (completing) {
            client.completing();
        }
    }

    /** A client that takes nothing is waited for without a limit. To be called before the head is sent. */
    void waitForEver() {
        still = Line.FOR_EVER;
    }

    /** A word before the response, such as 100; nothing for a client that would not understand it. */
    public void interim(int status) throws IOException {
        if (!request.isOld()) {
            send(ByteBuffer.wrap(text(new Head("HTTP/1.1", status, Headers.NONE))));
        }
    }

    /**
     * Sends the head, at once.
     *
     * @param headers end-to-end fields alone: the framing is added here
     * @param length of the body; {@link #UNKNOWN} when it is not known
     */
    public void begin(int status, Headers headers, long length) throws IOException {
        send(status, headers.with("Connection", "close"), length);
    }

    /**
     * Sends the head while the request may still be coming. It does not say that the connection will be closed: clients,
     * curl among them, send no more of a request once they have all of a response that says so.
     */
    void beginEarly(int status, Headers headers, long length) throws IOException {
        send(status, request.length() == 0 ? headers.with("Connection", "close") : headers, length);
    }

    private void send(int status, Headers headers, long length) throws IOException {
        begun = true;
        bodiless = request.isHead() || status == 204 || status == 304;
        Headers fields = headers;
        if (length >= 0 && status != 204 && status != 304) {
            fields = fields.with("Content-Length", Long.toString(length));
        } else if (!bodiless && !request.isOld()) {
            fields = fields.with("Transfer-Encoding", "chunked");
            chunks = new ChunkedOutlet(line, still);
        }
        left = bodiless ? 0 : length;
        if (left == 0) {
            completing();
        }
        send(ByteBuffer.wrap(text(new Head("HTTP/1.1", status, fields))));
    }

    private static byte[] text(Head head) {
        return head.text().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the head has been sent: from then on only a cut tells of a failure. */
    public boolean isBegun() {
        return begun;
    }

    /** Whether a body is expected behind the head. */
    public boolean wantsBody() {
        return begun && !bodiless;
    }

    /** How many bytes of the body were handed to the system. */
    public long sent() {
        return sent;
    }

    /** Sends all of the buffer, waiting for a client that is slow but not for one that takes nothing. */
    public void write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (bodiless) {
            return;
        }
        ChunkedOutlet outlet = chunks;
        if (outlet != null) {
            check();
            attempt(() -> outlet.write(bytes));
        } else {
            if (left >= 0 && count > left) {
                throw new IllegalStateException("more than the length that was said");
            }
            if (left == count) {
                completing();
            }
            left -= left < 0 ? 0 : count;
            send(bytes);
        }
        sent += count;
    }

    /** The body is whole. */
    public void end() throws IOException {
        if (left > 0) {
            throw new IllegalStateException("fewer bytes than were said");
        }
        ChunkedOutlet outlet = chunks;
        if (outlet != null) {
            completing();
            attempt(outlet::end);
        } else if (left < 0) {
            completing();
        }
        ended = true;
    }

    /** Whether all of it was handed to the system. */
    public boolean isEnded() {
        return ended;
    }

    private void send(ByteBuffer bytes) throws IOException {
        check();
        attempt(() -> line.write(still, bytes));
    }

    private void check() throws IOException {
        Presence client = presence;
        if (client != null) {
            client.check();
        }
    }

    private void completing() throws IOException {
        completing = true;
        Presence client = presence;
        if (client != null) {
            client.completing();
        }
    }

    /** Something that writes to the client. */
    private interface Sending {
        void send() throws IOException;
    }

    /** Every failure to write is the client's; but one that ends us from outside is none. */
    private void attempt(Sending sending) throws IOException {
        try {
            sending.send();
        } catch (SocketTimeoutException e) {
            throw new ClientGoneException("it took nothing for " + Told.time(still), e);
        } catch (InterruptedIOException e) {
            check();
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException("the connection broke", e);
        }
    }
}
