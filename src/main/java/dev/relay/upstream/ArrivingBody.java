package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A body as it arrives: the client's buffers go into a short queue, and the transfer takes them out of it. A full queue
 * holds the server back. The buffers are handed on as they are: against an InputStream this saves a copy of every byte,
 * and a wait can have a limit without a second thread that watches it.
 */
final class ArrivingBody implements HttpResponse.BodySubscriber<ArrivingBody>, Chunks {
    /** What comes through the queue: buffers, then the end or the failure. */
    private record Arrival(
            List<ByteBuffer> buffers, boolean end, @Nullable Throwable failure) {}

    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Url url;
    private final Patience patience;
    private final long expected;
    private final BooleanSupplier isWhole;
    private List<ByteBuffer> current = List.of();
    private int index;
    private long received;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;

    /**
     * @param expected the length that the head promises, -1 when it does not say
     * @param isWhole whether an end that the client takes for the end of the body is one
     */
    ArrivingBody(Url url, Patience patience, long expected, BooleanSupplier isWhole) {
        this.url = url;
        this.patience = patience;
        this.expected = expected;
        this.isWhole = isWhole;
    }

    @Override
    public CompletionStage<ArrivingBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (ended) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival(buffers, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival(List.of(), true, null));
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        while (!ended) {
            while (index < current.size()) {
                ByteBuffer bytes = current.get(index++);
                if (bytes.hasRemaining()) {
                    received += bytes.remaining();
                    checkNotTooLong();
                    return bytes;
                }
            }
            take();
        }
        return null;
    }

    private void take() throws IOException {
        current = List.of();
        index = 0;
        Arrival arrival = await();
        if (!arrival.end()) {
            current = arrival.buffers();
            // One at a time, and never two: while a second is asked for, the JDK's receiver asks the socket once more
            // after every buffer of a delivery, and what it is given then piles up without a bound.
            Objects.requireNonNull(subscription).request(1);
            return;
        }
        ended = true;
        Throwable failure = arrival.failure();
        if (failure != null) {
            throw Faults.receiving(failure, url, received, expected);
        }
        if (expected >= 0 && received < expected) {
            throw Fault.of(ExitCode.SHORT_BODY, url.toString(), Faults.shortOf(received, expected))
                    .exception();
        }
        if (!isWhole.getAsBoolean()) {
            throw Fault.of(ExitCode.RECEIVING_FAILED, url.toString(), "the TLS connection ended without a close_notify")
                    .exception();
        }
    }

    private Arrival await() throws IOException {
        try {
            Arrival arrival = arrivals.poll();
            while (arrival == null) {
                long since = System.nanoTime();
                arrival = arrivals.poll(patience.left(), TimeUnit.NANOSECONDS);
                if (patience.isOver(System.nanoTime() - since)) {
                    close();
                    throw Fault.of(ExitCode.TIME_LIMIT, url.toString(), patience.reason())
                            .exception();
                }
            }
            patience.came(size(arrival));
            return arrival;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting for " + url);
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static int size(Arrival arrival) {
        int size = 0;
        for (ByteBuffer bytes : arrival.buffers()) {
            size += bytes.remaining();
        }
        return size;
    }

    private void checkNotTooLong() throws IOException {
        if (expected >= 0 && received > expected) {
            close();
            throw Fault.of(
                            ExitCode.RECEIVING_FAILED,
                            url.toString(),
                            "the body is longer than its Content-Length of " + expected)
                    .exception();
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            Flow.Subscription given = subscription;
            if (given != null) {
                given.cancel();
            }
            arrivals.clear();
        }
    }
}
