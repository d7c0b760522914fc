package dev.relay.upstream;

import dev.relay.http.Url;
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
 * A body as it arrives: the client's buffers go into a short queue, and the transfer takes them out of it. The buffers are
 * handed on as they are: against an InputStream this saves a copy of every byte, and a wait can have a limit without a
 * second thread that watches it.
 *
 * <p>A full queue holds the server back. Over HTTP/2 by asking for one piece at a time, for there the windows bound what
 * is on its way. Over HTTP/1.1 by keeping the client's selector waiting: what it is asked for is no bound, for while the
 * transfer is quick the JDK's receiver asks the socket for more after every buffer of a delivery, and all of that piles
 * up when the transfer becomes slow. The selector has nothing else to do then, and nothing here runs on the transfer's
 * thread.
 */
final class ArrivingBody implements HttpResponse.BodySubscriber<ArrivingBody>, ReceivedBody {
    /** How many deliveries may wait, one where there are other bodies: memory is this many times the buffer size, whatever the size of the body. */
    private static final int DEPTH = 4;

    /** What comes through the queue: buffers, then the end or the failure. */
    private record Arrival(
            List<ByteBuffer> buffers, boolean end, @Nullable Throwable failure) {}

    private final LinkedBlockingQueue<Arrival> arrivals;
    private final Url url;
    private final Patience patience;
    private final long expected;
    private final boolean piecewise;
    private final BooleanSupplier isWhole;
    private List<ByteBuffer> current = List.of();
    private int index;
    private long received;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Arrival last;
    private volatile boolean ended;
    private boolean read;
    private boolean failed;
    private boolean silent;

    /**
     * @param expected the length that the head promises, -1 when it does not say
     * @param piecewise whether pieces are asked for one at a time
     * @param others how many more bodies arrive at the same time
     * @param isWhole whether an end that the client takes for the end of the body is one
     */
    ArrivingBody(Url url, Patience patience, long expected, boolean piecewise, int others, BooleanSupplier isWhole) {
        this.arrivals = new LinkedBlockingQueue<>(others == 0 ? DEPTH : 1);
        this.url = url;
        this.patience = patience;
        this.expected = expected;
        this.piecewise = piecewise;
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
            given.request(piecewise ? 1 : Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        put(new Arrival(buffers, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        end(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        end(new Arrival(List.of(), true, null));
    }

    /** Unlike a piece, the end finds room behind a full queue: whoever ends the client must not wait for a reader. */
    private void end(Arrival arrival) {
        last = arrival;
        boolean _ = arrivals.offer(arrival);
    }

    private void put(Arrival arrival) {
        if (ended) {
            return;
        }
        try {
            arrivals.put(arrival);
        } catch (InterruptedException _) {
            // Only the end of the client interrupts its threads: nobody waits for this any more.
            Thread.currentThread().interrupt();
        }
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
            if (piecewise) {
                Objects.requireNonNull(subscription).request(1);
            }
            return;
        }
        ended = true;
        Throwable failure = arrival.failure();
        if (failure != null) {
            failed = true;
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
        read = true;
    }

    private Arrival await() throws IOException {
        try {
            // Read before the queue: only when that is empty afterwards has all come that came before the end.
            Arrival end = last;
            Arrival arrival = arrivals.poll();
            if (arrival == null) {
                arrival = end;
            }
            while (arrival == null) {
                long since = System.nanoTime();
                arrival = arrivals.poll(patience.left(), TimeUnit.NANOSECONDS);
                if (patience.isOverAfterWait(System.nanoTime() - since)) {
                    close();
                    silent = true;
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
    public boolean isStream() {
        return piecewise;
    }

    @Override
    public boolean wasSilent() {
        return silent;
    }

    @Override
    public boolean leavesConnection() {
        return read || (piecewise && !failed);
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
