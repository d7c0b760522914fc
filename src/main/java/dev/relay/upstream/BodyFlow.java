package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.io.Throttle;
import dev.relay.io.Witness;
import dev.relay.io.body.RequestBody;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as the JDK's client takes it: each piece is handed over as soon as it has been read, on a thread of
 * its own, and the next is not read before the client has room for it. (The JDK's own publisher of a stream reads one piece
 * ahead, and holds back what it has read while the stream is silent.)
 */
final class BodyFlow implements HttpRequest.BodyPublisher {
    private final RequestBody body;
    private final Limits limits;
    private final Witness witness;
    private final Semaphore demand = new Semaphore(0);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile boolean cancelled;
    /** Whether the client has all that was read, and has asked for nothing. */
    private volatile boolean waiting;

    private volatile long since = System.nanoTime();
    private volatile @Nullable FaultException failure;

    BodyFlow(RequestBody body, Limits limits, Witness witness) {
        this.body = body;
        this.limits = limits;
        this.witness = witness;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        var made = Thread.ofPlatform().daemon().name("upload").unstarted(() -> run(subscriber));
        thread = made;
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                demand.release((int) Math.min(count, 1 << 20));
                if (made.getState() == Thread.State.NEW) {
                    made.start();
                }
            }

            @Override
            public void cancel() {
                stop();
            }
        });
    }

    private void run(Flow.Subscriber<? super ByteBuffer> subscriber) {
        try (Chunks content = content()) {
            send(content, subscriber);
        } catch (InterruptedException _) {
            // Nobody wants the rest: the exchange has ended already, or ends by what has ended this.
            subscriber.onError(new IOException("no longer wanted"));
        } catch (IOException e) {
            failure = e instanceof FaultException fault ? fault : null;
            subscriber.onError(e);
        } finally {
            since = System.nanoTime();
            ended.complete(null);
        }
    }

    private Chunks content() throws IOException {
        Chunks content = body.open();
        return limits.rate() == null ? content : new Throttle(content, limits.rate(), System::nanoTime);
    }

    private void send(Chunks content, Flow.Subscriber<? super ByteBuffer> subscriber)
            throws IOException, InterruptedException {
        long length = body.length();
        long sent = 0;
        var pace = new Patience(limits, false);
        for (ByteBuffer bytes = content.next(); bytes != null && !cancelled; bytes = content.next()) {
            // The client keeps what it is given until it is on the wire, and the next read takes the same place.
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            int size = copy.remaining();
            if (length >= 0 && sent + size > length) {
                throw unequal("it has more than the " + length + " bytes that were promised");
            }
            since = System.nanoTime();
            waiting = true;
            demand.acquire();
            waiting = false;
            subscriber.onNext(copy);
            sent += size;
            witness.sent(size);
            pace.came(size);
            if (pace.isOver(System.nanoTime() - since)) {
                throw Fault.of(ExitCode.TIME_LIMIT, "the request body", pace.reason())
                        .exception();
            }
        }
        if (cancelled) {
            throw new InterruptedException();
        }
        if (length >= 0 && sent != length) {
            throw unequal("only " + sent + " of the " + length + " bytes that were promised");
        }
        subscriber.onComplete();
    }

    private static FaultException unequal(String why) {
        return Fault.of(ExitCode.INPUT_FAILED, "the request body", why).exception();
    }

    /** Nobody wants the rest. */
    void stop() {
        cancelled = true;
        Thread sender = thread;
        if (sender != null) {
            sender.interrupt();
        }
    }

    /** Completes when the client has all of it, or it cannot be read any further. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    boolean isSent() {
        return ended.isDone();
    }

    /** Whether the client has taken nothing for that long of what was there for it. */
    boolean isStalled(Duration limit) {
        return waiting && System.nanoTime() - since >= limit.toNanos();
    }

    /** The failure of the exchange, by its cause: this side, the connection while the body was sent, or the server. */
    IOException explained(IOException e, Url url) {
        if (failure != null) {
            return failure;
        }
        boolean broke = e instanceof FaultException fault
                && (fault.fault().code() == ExitCode.RECEIVING_FAILED
                        || fault.fault().code() == ExitCode.NO_ANSWER);
        if (!broke || isSent()) {
            return e;
        }
        String why = "the connection ended before all of the body was sent, without an answer";
        return Fault.of(ExitCode.SENDING_FAILED, url.toString(), why).exception(e);
    }
}
