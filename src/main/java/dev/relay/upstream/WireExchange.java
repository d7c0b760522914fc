package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Method;
import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.io.Witness;
import dev.relay.io.body.RequestBody;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import dev.relay.wire.ChunkedBody;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.SizedBody;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over HTTP/1.1 on connections of relay's own (RFC 9112). java.net.http hears nothing before it has sent all of a
 * request: here the answer is awaited while the body is sent, so that a server that refuses it early is understood, and
 * one that was asked first can decline (RFC 9110 §10.1.1).
 */
final class WireExchange implements Closeable {
    private static final String HTTP_1_1 = "http/1.1";
    private static final int READ_AHEAD = 128 * 1024;
    /** How long a server that was asked may think, before the body is sent all the same: curl's time. */
    private static final long THINKING = TimeUnit.SECONDS.toNanos(1);

    private final Dialer dialer;
    private final Limits limits;
    private final Witness witness;
    /** The origins whose servers prefer HTTP/2. */
    private final Set<String> overHttp2 = new HashSet<>();
    /** The connection that may serve on. */
    private @Nullable Connection kept;

    private @Nullable Connection busy;

    WireExchange(Dialer dialer, Limits limits, Witness witness) {
        this.dialer = dialer;
        this.limits = limits;
        this.witness = witness;
    }

    /** @param forwarding how requests are put to the proxy that it leads to; null when it leads to the server */
    private record Connection(
            Line line, Inlet inlet, String origin, @Nullable Forwarding forwarding) {}

    /**
     * Sends a request and waits for the head of the answer.
     *
     * @param within how long that may take at most, beside the usual limits; null for no such limit
     */
    Client.Answer send(WireRequest request, @Nullable Duration within) throws IOException {
        boolean expecting = request.expects();
        Client.Answer answer = attempt(request, expecting, within);
        RequestBody body = request.body();
        if (isAnswered(answer.head(), request.url())) {
            if (body != null && !body.canOpen()) {
                throw body.spent(request.url().toString()).exception();
            }
            witness.answered(answer.head());
            answer.body().close();
            answer = attempt(request, expecting, within);
        }
        if (!expecting || answer.head().status() != 417 || body == null || !body.canOpen()) {
            return answer;
        }
        witness.answered(answer.head());
        answer.body().close();
        return attempt(request, false, within);
    }

    /** Whether a proxy that forwards requests has asked who asks, and can be told. */
    private boolean isAnswered(Head head, Url url) {
        Forwarding forwarding = head.status() == 407 ? dialer.forwarding(url) : null;
        return forwarding != null && forwarding.answers(head);
    }

    private Client.Answer attempt(WireRequest request, boolean expecting, @Nullable Duration within)
            throws IOException {
        Connection old = reuse(request.url());
        if (old != null) {
            witness.reused(request.url(), true);
            try {
                return exchange(old, request, expecting, within);
            } catch (FaultException e) {
                // It may have been closed in the meantime (RFC 9112 §9.3.1).
                boolean lost = e.fault().code() == ExitCode.NO_ANSWER
                        || e.fault().code() == ExitCode.SENDING_FAILED
                        || Faults.isReset(e);
                RequestBody body = request.body();
                boolean again = Method.isIdempotent(request.method()) && (body == null || body.canOpen());
                if (!lost || !again) {
                    throw e;
                }
            }
        }
        return exchange(dial(request.url()), request, expecting, within);
    }

    /** The connection that was kept, if it leads there and the server has not closed it. */
    private @Nullable Connection reuse(Url url) {
        Connection old = kept;
        kept = null;
        if (old == null) {
            return null;
        }
        try {
            if (old.origin().equals(url.origin()) && !old.inlet().comes(0)) {
                return old;
            }
        } catch (IOException _) {
            // Then it is of no more use than one that has ended in order.
        }
        old.line().close();
        return null;
    }

    private Connection dial(Url url) throws IOException {
        Forwarding forwarding = dialer.forwarding(url);
        if (forwarding != null) {
            Line line = dialer.dialForwarder(url, forwarding);
            return new Connection(line, new Inlet(line, READ_AHEAD), url.origin(), forwarding);
        }
        return connection(dialer.dial(url, url.isSecure() ? List.of(HTTP_1_1) : List.of()), url);
    }

    private static Connection connection(Dialer.Dialed dialed, Url url) {
        return new Connection(dialed.line(), new Inlet(dialed.line(), READ_AHEAD), url.origin(), null);
    }

    /**
     * Connects over TLS, and learns which of the two versions the server takes: a connection for HTTP/1.1 is kept for the
     * request to come.
     */
    boolean agreesOnHttp1(Url url) throws IOException {
        if (overHttp2.contains(url.origin())) {
            return false;
        }
        kept = reuse(url);
        if (kept != null) {
            return true;
        }
        Dialer.Dialed dialed = dialer.dial(url, List.of("h2", HTTP_1_1));
        if (dialed.protocol().equals("h2")) {
            overHttp2.add(url.origin());
            dialed.line().close();
            return false;
        }
        kept = connection(dialed, url);
        return true;
    }

    private Client.Answer exchange(
            Connection connection, WireRequest request, boolean expecting, @Nullable Duration within)
            throws IOException {
        busy = connection;
        RequestBody body = request.body();
        Upload upload = body == null ? null : new Upload(body, connection.line(), request.url(), limits, witness);
        boolean answered = false;
        try {
            Headers fields = request.fields(expecting);
            String target = request.url().target();
            Forwarding forwarding = connection.forwarding();
            if (forwarding != null) {
                fields = forwarding.fields(request.method(), request.url(), fields);
                target = forwarding.target(request.url());
                witness.forwarded(forwarding.proxy().toString());
            }
            witness.requested(request.method(), request.url(), "HTTP/1.1", fields);
            IOException unsent = write(connection, request.head(target, fields));
            var wait = new HeadWait(connection.inlet(), upload, headLimit(), within, expecting ? THINKING : 0);
            Head head;
            try {
                head = unsent == null ? wait.head() : wait.last();
            } catch (IOException e) {
                throw unanswered(unsent == null ? e : unsent, request.url(), upload, unsent != null);
            }
            Client.Answer answer = new Client.Answer(head, body(head, connection, request, upload));
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                giveUp(connection, upload);
            }
        }
    }

    /** Writes the head; what keeps it from being written is told, for the server may have said why. */
    private @Nullable IOException write(Connection connection, byte[] head) throws IOException {
        try {
            connection.line().write(headLimit(), ByteBuffer.wrap(head));
            return null;
        } catch (SocketTimeoutException e) {
            return e;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return e;
        }
    }

    private long headLimit() {
        Duration limit = limits.firstByte() != null ? limits.firstByte() : limits.idle();
        return limit == null ? Line.FOR_EVER : limit.toNanos();
    }

    private ReceivedBody body(Head head, Connection connection, WireRequest request, @Nullable Upload upload)
            throws FaultException {
        Url url = request.url();
        if (upload != null && head.status() >= 300) {
            // It is not wanted there: as curl does, the rest of it is not sent.
            upload.stop();
        }
        long length = Framing.length(head, request.method().equals("HEAD"), url);
        boolean events =
                head.headers().first("Content-Type").orElse("").regionMatches(true, 0, "text/event-stream", 0, 17);
        var patience = new Patience(limits, events, () -> upload != null && upload.isSending());
        boolean chunked = length < 0 && head.headers().contains("Transfer-Encoding");
        Chunks framed = chunked
                ? new ChunkedBody(connection.line(), connection.inlet(), patience)
                : length < 0
                        ? SizedBody.untilClose(connection.line(), connection.inlet(), patience)
                        : SizedBody.ofLength(connection.line(), connection.inlet(), patience, length);
        boolean untilClose = length < 0 && !chunked;
        // Not all proxies look at a second request: tinyproxy hands it on as it is, and the login for itself with it.
        boolean keepable = !untilClose && staysOpen(head) && connection.forwarding() == null;
        return new WireBody(
                framed,
                url,
                length,
                untilClose,
                upload,
                witness,
                () -> giveBack(connection, upload, keepable),
                () -> giveUp(connection, upload));
    }

    /** Whether the connection may serve on (RFC 9112 §9.3). */
    private static boolean staysOpen(Head head) {
        String said = String.join(",", head.headers().all("Connection")).toLowerCase(Locale.ROOT);
        return head.version().equals("HTTP/1.1") && !said.contains("close");
    }

    private void giveBack(Connection connection, @Nullable Upload upload, boolean keepable) {
        boolean sent = upload == null || upload.isSent();
        if (keepable && sent && !connection.inlet().waiting().hasRemaining()) {
            busy = null;
            kept = connection;
        } else {
            giveUp(connection, upload);
        }
    }

    private void giveUp(Connection connection, @Nullable Upload upload) {
        if (upload != null && !upload.isSent()) {
            upload.stop();
            // What the server has of the body must not look like all of it.
            connection.line().abort();
        }
        connection.line().close();
        if (connection.equals(busy)) {
            busy = null;
        }
    }

    /** Why there is no answer: this side, the connection while the body was sent, or the server. */
    private static IOException unanswered(IOException e, Url url, @Nullable Upload upload, boolean headUnsent) {
        if (upload != null && upload.failure() != null) {
            return upload.failure();
        }
        if (e instanceof FaultException
                || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException))) {
            return e;
        }
        if (e instanceof SocketTimeoutException) {
            return Fault.of(ExitCode.TIME_LIMIT, url.toString(), String.valueOf(e.getMessage()))
                    .exception(e);
        }
        if (upload != null && upload.isSending()) {
            upload.settle();
        }
        boolean sending = upload != null && (upload.isSending() || upload.isBroken());
        if (headUnsent || sending) {
            long sent = upload == null ? 0 : upload.sent();
            String why = "the connection ended after " + sent + " bytes of the body, without an answer";
            return Fault.of(ExitCode.SENDING_FAILED, url.toString(), why).exception(e);
        }
        if (e instanceof HeadWait.NoAnswerException) {
            return Fault.of(ExitCode.NO_ANSWER, url.toString(), "not one byte of a response came")
                    .exception(e);
        }
        if (e instanceof ProtocolException) {
            return Fault.of(ExitCode.RECEIVING_FAILED, url.toString(), "malformed response: " + e.getMessage())
                    .exception(e);
        }
        if (e instanceof EOFException) {
            return Fault.of(ExitCode.RECEIVING_FAILED, url.toString(), "the head of the response is cut or malformed")
                    .exception(e);
        }
        return Faults.beforeHead(e, url);
    }

    @Override
    public void close() {
        for (Connection open : new Connection[] {kept, busy}) {
            if (open != null) {
                open.line().close();
            }
        }
    }
}
