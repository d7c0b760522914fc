package dev.relay.listener;

import dev.relay.duplex.Answer;
import dev.relay.duplex.Severed;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Ledger;
import dev.relay.io.Meter;
import dev.relay.io.Stage;
import dev.relay.io.Throttle;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client put through: the body of its request goes upstream and the response comes back, at once. The end of the
 * request leaves the response open; the end of the response is the end of both.
 */
final class Crossing {
    private final Exchange client;
    private final dev.relay.duplex.Exchange upstream;
    private final Url url;
    private final Limits limits;
    private final Ledger ledger;
    private final LongSupplier nanoTime;
    /** Whether the request is not waited for any more, because its answer has come to its end, or failed. */
    private volatile boolean over;

    private volatile boolean answered;
    private volatile int status;

    Crossing(
            Exchange client,
            dev.relay.duplex.Exchange upstream,
            Url url,
            Limits limits,
            Ledger ledger,
            LongSupplier nanoTime) {
        this.client = client;
        this.upstream = upstream;
        this.url = url;
        this.limits = limits;
        this.ledger = ledger;
        this.nanoTime = nanoTime;
    }

    /** What is made of the head that upstream has sent. */
    interface Heading {
        Headers of(Head head, long length, Chunks body) throws IOException;
    }

    /**
     * Returns once the client has all of the response.
     *
     * @return the status of that
     * @throws ClientGoneException when it left before
     * @throws FaultException when the upstream failed
     * @throws RefusedException when the client's body cannot be read, and nothing was answered
     */
    int hold(Heading heading) throws IOException {
        Direction in = Direction.start("request body", client.patientBody(), new Sending());
        Direction out = Direction.start("response body", new Returning(heading), new Delivering(in));
        try {
            in.join();
            check(in);
            confirm(in, out);
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped");
            stopped.initCause(e);
            throw stopped;
        } finally {
            in.stop();
            out.stop();
            upstream.close();
            // What answers the client next must be the only one to write to it.
            in.finish();
            out.finish();
        }
    }

    private void check(Direction in) throws IOException {
        Exception unread = in.unread();
        if (unread == null || over) {
            return;
        }
        if (unread instanceof ProtocolException && !answered) {
            throw new RefusedException(400, "the body cannot be read", Headers.NONE, unread);
        }
        throw new ClientGoneException("its request ended after " + Told.size(in.moved()), unread);
    }

    private void confirm(Direction in, Direction out) throws IOException, InterruptedException {
        try (Presence presence = client.watched()) {
            try {
                out.join();
                check(in, out);
                client.confirm(presence);
            } catch (InterruptedException | IOException e) {
                // A client that has left has interrupted this thread.
                presence.check();
                throw e;
            }
        }
    }

    private void check(Direction in, Direction out) throws IOException {
        Exception failure = out.untaken() == null ? out.unread() : out.untaken();
        if (failure instanceof ClientGoneException gone) {
            throw gone;
        }
        if (failure instanceof IOException broken) {
            IOException sending = in.untaken() instanceof IOException untaken ? untaken : null;
            throw Severed.fault(broken, url, answered, out.moved(), sending);
        }
        if (failure instanceof RuntimeException defect) {
            throw defect;
        }
    }

    /** Where the request body goes. */
    private final class Sending implements Direction.Way {
        @Override
        public void take(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            upstream.outlet().write(bytes);
            ledger.sent(count);
        }

        @Override
        public void end() throws IOException {
            upstream.outlet().end();
        }

        @Override
        public void giveUp() {
            // An upstream that has answered is not to lose its answer to a client that has stopped listening to it.
            if (!over) {
                upstream.outlet().abort();
            }
        }
    }

    /** Where the response body comes from: its head goes ahead of it. */
    private final class Returning implements Chunks {
        private final Heading heading;
        private @Nullable Chunks body;

        Returning(Heading heading) {
            this.heading = heading;
        }

        @Override
        public @Nullable ByteBuffer next() throws IOException {
            Chunks from = body;
            if (from == null) {
                from = begin(upstream.answer());
                body = from;
            }
            return from.next();
        }

        private Chunks begin(Answer answer) throws IOException {
            Long most = limits.maxFileSize();
            Meter.check(answer.length(), most, url.toString());
            Long rate = limits.rate();
            Chunks measured = new Meter(answer.body(), ledger, most, url.toString());
            Chunks held = rate == null ? measured : new Throttle(measured, rate, nanoTime);
            Headers headers = heading.of(answer.head(), answer.length(), held);
            boolean bodiless = client.request().isHead();
            answered = true;
            status = answer.head().status();
            client.response().beginEarly(status, headers, bodiless ? Response.UNKNOWN : answer.length());
            return held;
        }

        @Override
        public void close() {
            upstream.close();
        }
    }

    /** Where the response body goes. */
    private final class Delivering implements Direction.Way {
        private final Direction in;

        Delivering(Direction in) {
            this.in = in;
        }

        @Override
        public void take(ByteBuffer bytes) throws IOException {
            ledger.course().at(Stage.WRITING);
            client.response().write(bytes);
            ledger.course().at(Stage.RECEIVING);
        }

        @Override
        public void end() throws IOException {
            client.response().end();
            conclude();
        }

        @Override
        public void giveUp() {
            conclude();
        }

        /** The client may have more to send, and nobody to send it to; unless its own failure was the cause. */
        private void conclude() {
            if (in.unread() == null) {
                over = true;
                in.stop();
            }
        }
    }
}
