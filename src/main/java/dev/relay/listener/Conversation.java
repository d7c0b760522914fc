package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.io.Ledger;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Sink;
import dev.relay.io.Stage;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One client: its request body to a sink and standard input to its response, at once. Neither direction waits for the
 * other, but for this: an answer that is empty ends when the request has, and is a receipt; for there are clients that
 * stop sending once they have all of a response.
 */
final class Conversation {
    private static final String STDIN = "standard input";

    private final Exchange exchange;
    private final Feed feed;
    private final Sink sink;
    private final Ledger ledger;
    private final String who;
    private final CountDownLatch requested = new CountDownLatch(1);

    Conversation(Exchange exchange, Feed feed, Sink sink, Ledger ledger) {
        this.exchange = exchange;
        this.feed = feed;
        this.sink = sink;
        this.ledger = ledger;
        this.who = exchange.remote().getHostAddress();
    }

    /**
     * Holds it.
     *
     * @param headers of the response, which begins at once
     * @return how it ended; null when the client left before a byte had moved, so that the next may come
     */
    @Nullable
    Outcome hold(Headers headers) throws IOException {
        var body = exchange.patientBody();
        exchange.response().beginEarly(200, headers, Response.UNKNOWN);
        Direction in = Direction.start("request body", body, new Landing());
        Direction out = Direction.start("response body", feed, new Answering());
        try {
            in.join();
            if (!in.isWhole()) {
                return broken(in, out);
            }
            requested.countDown();
            return answered(in, out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped");
            stopped.initCause(e);
            throw stopped;
        } finally {
            in.stop();
            out.stop();
            if (!exchange.response().isEnded()) {
                exchange.cut();
            }
            // Standard input is the next one's only when this one has let go of it.
            join(out);
        }
    }

    private static void join(Direction direction) {
        try {
            direction.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The request is whole; now for the rest of the response. */
    private @Nullable Outcome answered(Direction in, Direction out) throws IOException, InterruptedException {
        try (Presence presence = exchange.watched()) {
            try {
                out.join();
                if (out.isWhole() && out.moved() > 0) {
                    exchange.confirm(presence);
                }
            } catch (InterruptedException | IOException e) {
                // A client that has left has interrupted this thread.
                presence.check();
                throw e;
            }
        } catch (ClientGoneException e) {
            return left(in, out, e);
        }
        if (out.unread() != null) {
            return failed(ExitCode.INPUT_FAILED, STDIN, out.unread());
        }
        return out.untaken() != null ? left(in, out, out.untaken()) : new Outcome.Delivered();
    }

    private @Nullable Outcome left(Direction in, Direction out, Exception why) {
        if (isUnspent(in, out)) {
            return null;
        }
        String after = "before it had all of the answer, after " + Told.size(out.moved());
        return new Outcome.Failed(Fault.of(ExitCode.CLIENT_LEFT, who, after), why);
    }

    private boolean isUnspent(Direction in, Direction out) {
        return in.moved() == 0 && out.moved() == 0 && !feed.isTouched();
    }

    private @Nullable Outcome broken(Direction in, Direction out) {
        if (out.unread() != null && !(out.unread() instanceof InterruptedIOException)) {
            return failed(ExitCode.INPUT_FAILED, STDIN, out.unread());
        }
        Exception untaken = in.untaken();
        if (untaken instanceof ReaderGoneException) {
            return new Outcome.ReaderGone();
        }
        if (untaken != null) {
            return failed(ExitCode.OUTPUT_FAILED, "standard output", untaken);
        }
        if (isUnspent(in, out)) {
            return null;
        }
        Exception unread = in.unread();
        if (unread instanceof ProtocolException) {
            return failed(ExitCode.RECEIVING_FAILED, who, unread);
        }
        long length = exchange.request().length();
        String of = length == RequestHead.CHUNKED ? "" : " of " + length;
        String why = "the client went away after " + in.moved() + of + (in.moved() == 1 ? " byte" : " bytes");
        return new Outcome.Failed(Fault.of(ExitCode.SHORT_BODY, who, why), unread);
    }

    private static Outcome failed(ExitCode code, String where, @Nullable Exception why) {
        if (why instanceof FaultException fault) {
            return new Outcome.Failed(fault.fault(), fault.getCause());
        }
        String text = why == null ? "" : String.valueOf(why.getMessage());
        return new Outcome.Failed(Fault.of(code, where, text), why);
    }

    /** Where the request body goes. */
    private final class Landing implements Direction.Way {
        @Override
        public void take(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            ledger.course().at(Stage.WRITING);
            sink.write(bytes);
            ledger.course().at(Stage.RECEIVING);
            ledger.received(count);
        }

        @Override
        public void end() throws IOException {
            sink.commit();
        }

        @Override
        public void giveUp() {
            // What has landed cannot be taken back; the exit code tells.
        }
    }

    /** Where standard input goes. */
    private final class Answering implements Direction.Way {
        private boolean empty = true;

        @Override
        public void take(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            empty = false;
            exchange.response().write(bytes);
            ledger.sent(count);
        }

        @Override
        public void end() throws IOException {
            if (empty) {
                try {
                    requested.await();
                } catch (InterruptedException e) {
                    var stopped = new InterruptedIOException("stopped before the request had ended");
                    stopped.initCause(e);
                    throw stopped;
                }
            }
            exchange.response().end();
        }

        @Override
        public void giveUp() {
            exchange.cut();
        }
    }
}
