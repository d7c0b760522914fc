package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Method;
import dev.relay.http.Url;
import dev.relay.io.Patience;
import dev.relay.io.Witness;
import dev.relay.io.body.RequestBody;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, set up for streaming: one request at a time, its head awaited within the limits; several at a
 * time to an origin that has answered over HTTP/2.
 */
final class Client implements Closeable {
    /** How often the state of a handshake is looked at: an earlier session is taken up without a word. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Workers workers = new Workers();
    private final Trusted trusted;
    private final Limits limits;
    private final Witness witness;
    private final HttpClient client;
    /** Origins with a connection that may serve again: there is no telling whether it does. */
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    /** Origins that a connection was awaited to, reached or not. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    /** Origins whose connection takes any number of requests at a time. */
    private final Set<String> multiplexed = ConcurrentHashMap.newKeySet();

    private volatile CompletableFuture<Void> certificateSeen = new CompletableFuture<>();

    /**
     * @param local the address of this machine that connections come from; null for any
     * @param streams how many responses may arrive at a time
     */
    Client(Anchors anchors, @Nullable InetAddress local, Limits limits, int streams, Witness witness) {
        Settings.apply(streams);
        this.limits = limits;
        this.witness = witness;
        this.trusted = new Trusted(anchors, () -> certificateSeen.complete(null));
        this.client = HttpClient.newBuilder()
                .executor(workers)
                .proxy(HttpClient.Builder.NO_PROXY)
                .localAddress(local)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(LazyTls.of(trusted))
                // HTTP/2 is offered only when the protocols are named.
                .sslParameters(trusted.parameters())
                .build();
    }

    /** A head that has come, and the body that follows it. */
    record Answer(Head head, ReceivedBody body) {}

    private record Arrived(Head head, ArrivingBody body) {}

    /**
     * Sends a request and waits for the head of the answer. A connection that was kept open may have been closed by the
     * server in the meantime: a request that is lost that way is sent once more (RFC 9112 §9.3.1), unless its body is gone.
     */
    Answer send(
            Sending sending,
            @Nullable Duration connectLimit,
            @Nullable Duration headLimit,
            Function<HttpResponse.ResponseInfo, ArrivingBody> bodies)
            throws IOException {
        boolean mayBeStale = hasReached(sending.url()) && Method.isIdempotent(sending.method());
        RequestBody sent = sending.body();
        try {
            return attempt(sending, connectLimit, headLimit, bodies);
        } catch (FaultException e) {
            boolean lost = e.fault().code() == ExitCode.NO_ANSWER || Faults.isReset(e);
            if (!mayBeStale || !lost || (sent != null && !sent.canOpen())) {
                throw e;
            }
            return attempt(sending, connectLimit, headLimit, bodies);
        }
    }

    private Answer attempt(
            Sending sending,
            @Nullable Duration connectLimit,
            @Nullable Duration headLimit,
            Function<HttpResponse.ResponseInfo, ArrivingBody> bodies)
            throws IOException {
        Url url = sending.url();
        boolean mayBeKept = multiplexed.contains(url.origin()) || reached.remove(url.origin());
        if (url.isSecure()) {
            trusted.prepare();
        }
        BodyFlow flow = sending.body() == null ? null : new BodyFlow(sending.body(), limits, witness);
        HttpRequest request = sending.request(flow);
        var answer = new CompletableFuture<Arrived>();
        // The client may deliver a body on the thread that sends, and this one must be free to take it.
        var sender = new Workers.Sender(() -> transmit(request, sending.address(), bodies, answer));
        CompletableFuture<Void> connected = new CompletableFuture<>();
        CompletableFuture<Void> secured = new CompletableFuture<>();
        if (!mayBeKept) {
            workers.expect(connected);
            certificateSeen = secured;
            trusted.expect();
        }
        long start = System.nanoTime();
        sender.start();
        try {
            if (!mayBeKept) {
                // A connection that was given up may be there still, and be used again: then none will ever be made.
                Duration limit = asked.add(url.origin()) ? connectLimit : sooner(connectLimit, headLimit(headLimit));
                await(CompletableFuture.anyOf(connected, answer), limit, "no connection", url);
                witness.connected(url, sending.address(), sending.port());
                if (url.isSecure()) {
                    awaitSecured(CompletableFuture.anyOf(secured, answer), connectLimit, start, url);
                    if (!answer.isCompletedExceptionally()) {
                        trusted.tellSecured(url, witness);
                    }
                }
            }
            if (mayBeKept) {
                witness.reused(url, multiplexed.contains(url.origin()));
            }
            reached.add(url.origin());
            witness.requested(sending.method(), url, sending.versionForCertain(), sending.shown());
            if (flow != null) {
                awaitSent(flow, answer, url);
            }
            Arrived arrived = await(answer, headLimit(headLimit), "no answer", url);
            if (arrived.head().version().equals("HTTP/2")) {
                multiplexed.add(url.origin());
            }
            if (arrived.head().headers().first("Connection").orElse("").equalsIgnoreCase("close")) {
                reached.remove(url.origin());
            }
            return new Answer(arrived.head(), arrived.body());
        } catch (IOException e) {
            answer.cancel(true);
            if (flow != null) {
                flow.stop();
            }
            IOException told = flow == null ? e : flow.explained(e, url);
            trusted.tellDistrusted(url, told, witness);
            throw told instanceof FaultException fault ? trusted.explained(fault) : told;
        }
    }

    /** Waits until the server has shown a certificate that will do, or has taken up an earlier session without one. */
    private void awaitSecured(CompletableFuture<?> shown, @Nullable Duration limit, long start, Url url)
            throws IOException {
        while (!shown.isDone() && !trusted.isSecured()) {
            Duration left = limit == null ? LOOK : ConnectTime.left(limit, start);
            if (limit != null && left.isZero()) {
                throw late("no TLS handshake", limit, url).exception();
            }
            try {
                shown.get(Math.min(left.toNanos(), LOOK.toNanos()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw Faults.beforeHead(e, url);
            } catch (TimeoutException e) {
                // There is another look.
            } catch (InterruptedException e) {
                throw stopped(e, url);
            }
        }
    }

    /** Waits until the body has gone, or an answer has come: only then the time of the answer begins. */
    private void awaitSent(BodyFlow flow, CompletableFuture<?> answer, Url url) throws IOException {
        Duration idle = limits.idle();
        while (!answer.isDone() && !flow.isSent()) {
            try {
                await(CompletableFuture.anyOf(answer, flow.ended()), idle, "nothing was taken", url);
            } catch (FaultException e) {
                boolean late = e.fault().code() == ExitCode.TIME_LIMIT;
                if (!late || idle == null || flow.isStalled(idle)) {
                    throw e;
                }
            }
        }
    }

    /** Sends, and tells how it went; the thread that waits for the answer may give it up. */
    private void transmit(
            HttpRequest request,
            InetAddress address,
            Function<HttpResponse.ResponseInfo, ArrivingBody> bodies,
            CompletableFuture<Arrived> answer) {
        // The head is known here, before the body begins: the client's own answer may be as late as the first buffers.
        HttpResponse.BodyHandler<ArrivingBody> handler = head -> {
            ArrivingBody body = bodies.apply(head);
            answer.complete(new Arrived(head(head), body));
            return body;
        };
        try {
            CompletableFuture<HttpResponse<ArrivingBody>> exchange =
                    NameService.pinned(address, () -> client.sendAsync(request, handler));
            var _ = answer.whenComplete((_, _) -> {
                if (answer.isCancelled()) {
                    exchange.cancel(true);
                }
            });
            var _ = exchange.whenComplete((_, failure) -> {
                if (failure != null && !answer.completeExceptionally(failure) && !answer.isCompletedExceptionally()) {
                    answer.join().body().onError(failure);
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** The head as everybody else knows it. */
    static Head head(HttpResponse.ResponseInfo info) {
        String version = info.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return new Head(version, info.statusCode(), headers(info.headers()));
    }

    private static Headers headers(HttpHeaders received) {
        var fields = new ArrayList<Headers.Field>();
        for (Map.Entry<String, List<String>> entry : received.map().entrySet()) {
            for (String value : entry.getValue()) {
                if (!entry.getKey().startsWith(":")) {
                    fields.add(new Headers.Field(entry.getKey(), value));
                }
            }
        }
        return new Headers(fields);
    }

    /** A connection to that origin was given up: the next request makes a new one. */
    void forget(Url url) {
        reached.remove(url.origin());
        multiplexed.remove(url.origin());
    }

    /** Whether a connection to that origin stood when it was last asked for. */
    boolean hasReached(Url url) {
        return reached.contains(url.origin()) || multiplexed.contains(url.origin());
    }

    /** Whether the connection that a body came over was ended as TLS ends one. */
    boolean saidGoodbye() {
        return trusted.saidGoodbye();
    }

    private @Nullable Duration headLimit(@Nullable Duration given) {
        return sooner(given, limits.firstByte() != null ? limits.firstByte() : limits.idle());
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private static <T> T await(CompletableFuture<T> event, @Nullable Duration limit, String what, Url url)
            throws IOException {
        try {
            return limit == null ? event.get() : event.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Faults.beforeHead(e, url);
        } catch (TimeoutException e) {
            throw late(what, limit == null ? Duration.ZERO : limit, url).exception(e);
        } catch (InterruptedException e) {
            throw stopped(e, url);
        }
    }

    private static Fault late(String what, Duration limit, Url url) {
        return Fault.of(ExitCode.TIME_LIMIT, url.toString(), what + " for " + Patience.text(limit));
    }

    private static IOException stopped(InterruptedException e, Url url) {
        Thread.currentThread().interrupt();
        var stopped = new InterruptedIOException("stopped while waiting for " + url);
        stopped.initCause(e);
        return stopped;
    }

    /** Ends the client at once, connections included: what is left of its threads would hold up the exit. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
