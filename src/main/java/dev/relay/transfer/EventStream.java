package dev.relay.transfer;

import dev.relay.http.EventParser;
import dev.relay.http.EventPiece;
import dev.relay.http.Head;
import dev.relay.io.Chunks;
import dev.relay.io.Ledger;
import dev.relay.io.Patience;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Surroundings;
import dev.relay.io.Wanted;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Plan;
import dev.relay.plan.Recovery;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events that is kept up (WHATWG HTML §9.2): whole events alone, each as soon as it is whole, and
 * when the stream ends or breaks it is asked for again from its last event on. A 204 ends it.
 */
final class EventStream implements Chunks {
    /** What browsers take, more or less. */
    private static final Duration RECONNECTION_TIME = Duration.ofSeconds(3);

    /** The least of it after a stream without an event, which would else be asked for again and again. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Source source;
    private final String method;
    private final Recovery recovery;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final String where;
    private final EventParser parser;
    private final DeliveredEvents delivered = new DeliveredEvents();
    private Reply reply;
    private ByteBuffer chunk = NOTHING;
    private boolean lastPassed;
    /** Null before any event had an id. */
    private @Nullable String lastId;
    /** The tries since the last event; null when none was needed. */
    private @Nullable RetryBudget outage;

    /**
     * @param first an answer that {@link #check} has let pass
     * @param source is asked for the later ones
     */
    EventStream(Reply first, Source source, Plan plan, Surroundings surroundings, Ledger ledger) {
        this.reply = first;
        this.source = source;
        this.method = plan.request().method();
        this.recovery = keepingUp(plan.recovery());
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.where = plan.request().url().toString();
        this.parser = new EventParser(where);
    }

    /** A stream that once stood is expected to stand again: whatever keeps relay from its server may pass. */
    private static Recovery keepingUp(Recovery recovery) {
        Recovery.Transient when = recovery.when();
        var also = new Recovery.Transient(when.all(), true, true, true, true, when.statuses());
        return new Recovery(
                recovery.retries(),
                recovery.delay(),
                recovery.maxTime(),
                also,
                recovery.repeatAny(),
                recovery.resume());
    }

    /** Refuses an answer that is no stream of events. */
    static void check(Reply reply) throws FaultException {
        Head head = reply.head();
        if (head.status() == 204) {
            return;
        }
        if (head.status() != 200) {
            String status = head.statusLine().substring(head.version().length() + 1);
            throw fault(head.isError() ? ExitCode.HTTP_STATUS : ExitCode.RECEIVING_FAILED, reply, status);
        }
        String type = head.headers().first("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        String essence = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        if (!essence.equalsIgnoreCase("text/event-stream")) {
            String what = essence.isEmpty() ? "an answer without a Content-Type" : essence;
            throw fault(ExitCode.RECEIVING_FAILED, reply, what + " came instead of text/event-stream");
        }
        String coding = head.headers().first("Content-Encoding").orElse("identity");
        if (!coding.strip().equalsIgnoreCase("identity")) {
            throw fault(ExitCode.CONTENT_ENCODING, reply, "the events came in the coding " + coding);
        }
    }

    private static FaultException fault(ExitCode code, Reply reply, String why) {
        return Fault.of(code, reply.url().toString(), why).exception();
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        while (true) {
            EventPiece piece = parser.next(chunk);
            if (piece == null) {
                ByteBuffer more = more();
                if (more == null) {
                    return null;
                }
                chunk = more;
            } else if (passes(piece)) {
                return piece.bytes();
            }
        }
    }

    private boolean passes(EventPiece piece) {
        if (piece.kind() == EventPiece.Kind.EVENT) {
            outage = null;
            lastPassed = !delivered.isRepeat(piece);
            if (lastPassed && piece.id() != null) {
                lastId = piece.id();
            }
        } else if (piece.kind() == EventPiece.Kind.LINES) {
            lastPassed = true;
        }
        return lastPassed;
    }

    /** The next bytes, of another answer when one has ended; null at the end of all. */
    private @Nullable ByteBuffer more() throws IOException {
        while (true) {
            try {
                ByteBuffer bytes = reply.body().next();
                if (bytes != null || !recovery.resume() || reply.head().status() == 204) {
                    return bytes;
                }
                await(where + " ended");
            } catch (FaultException e) {
                if (!recovery.resume()) {
                    throw e;
                }
                recover(e);
            }
            reply.close();
            reconnect();
        }
    }

    /** A break after which no event came counts as a failed try, like a connection that does not come about. */
    private void recover(FaultException broken) throws IOException {
        if (outage == null) {
            await(broken.fault().message());
            return;
        }
        Duration wait = outage.next(null);
        if (wait == null) {
            throw broken;
        }
        outage.spend(broken.fault().message(), "reconnecting", wait);
    }

    private void await(String why) throws IOException {
        Duration wait = reconnectionTime();
        ledger.note(why + "; reconnecting in " + Patience.text(wait));
        ledger.pausing("reconnecting", wait);
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting to reconnect");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private Duration reconnectionTime() {
        long asked = parser.retryMillis();
        Duration usual = recovery.delay() == null ? RECONNECTION_TIME : recovery.delay();
        Duration wait = asked < 0 ? usual : Duration.ofMillis(asked);
        return outage != null && wait.compareTo(LEAST) < 0 ? LEAST : wait;
    }

    private void reconnect() throws IOException {
        if (outage == null) {
            outage = new RetryBudget(recovery, surroundings, ledger);
        }
        var trying = new RetryingSource(source, method, recovery, outage, ledger, surroundings.clock(), () -> true);
        reply = trying.open(Wanted.eventsAfter(sendable(lastId)));
        ledger.resumed();
        check(reply);
        parser.restart();
        delivered.reconnected();
    }

    /** A server that is not told where the stream broke would leave a gap that nobody sees. */
    private @Nullable String sendable(@Nullable String id) throws FaultException {
        for (int i = 0; id != null && i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                throw Fault.of(
                                ExitCode.RECEIVING_FAILED,
                                where,
                                "the stream cannot be continued: the id of its last event is not all visible ASCII")
                        .exception();
            }
        }
        return id;
    }

    @Override
    public void close() {
        reply.close();
    }
}
