package dev.relay.upstream;

import dev.relay.http.ContentRange;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.http.cookie.CookieJar;
import dev.relay.io.Patience;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Wanted;
import dev.relay.io.Witness;
import dev.relay.io.body.RequestBody;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Plan;
import dev.relay.plan.Request;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource behind an HTTP URL: sends the request, follows the redirects, and opens the body. */
public final class HttpSource implements Source, Closeable {
    /** The longest body that is read only to keep its connection. */
    private static final long WORTH_READING = 65_536;
    /** How often one request is sent again because the server wants another proof of who asks. */
    private static final int MOST_REFUSALS = 3;

    private final Plan plan;
    private final Witness witness;
    private final Connections connections;
    /** What is sent with the request; null for nothing. */
    private final @Nullable RequestBody body;

    private boolean handsOn;
    private final Redirection redirection;
    private final Identification identification;

    /** Where redirects have led to; null when they have not. */
    private @Nullable Url found;

    private @Nullable ReceivedBody last;
    private @Nullable Url lastUrl;
    /** The fields of the last request. */
    private Headers said = Headers.NONE;

    /** Whether the server said nothing for too long, on a connection that may be dead. */
    private boolean silent;

    public HttpSource(Plan plan, Map<String, String> environment, Witness witness) {
        this(plan, environment, witness, null);
    }

    /** @param body what is sent with the request; null for nothing */
    public HttpSource(Plan plan, Map<String, String> environment, Witness witness, @Nullable RequestBody body) {
        this(plan, new Connections(plan, environment, witness), witness, new Identification(plan), body);
    }

    private HttpSource(
            Plan plan,
            Connections connections,
            Witness witness,
            Identification identification,
            @Nullable RequestBody body) {
        this.plan = plan;
        this.connections = connections;
        this.witness = witness;
        this.body = body;
        this.redirection = new Redirection(plan.redirects());
        this.identification = identification;
    }

    /**
     * For bodies that go on to another connection: in clear they come over one of relay's own, in pieces that are large and
     * stand outside the heap. The client's are of 16 KiB, in it, and each is copied once more on its way out.
     */
    public HttpSource handingOn() {
        handsOn = true;
        return this;
    }

    /**
     * The same resource for another exchange at the same time: by a stream of the same connection over HTTP/2, by a
     * connection of its own otherwise. To be closed before this.
     */
    public HttpSource beside(Plan otherwise, Witness other) {
        return beside(otherwise, other, null);
    }

    /**
     * The same with a body.
     *
     * @param sent what is sent with the request; null for nothing
     */
    public HttpSource beside(Plan otherwise, Witness other, @Nullable RequestBody sent) {
        boolean stream = last != null && last.isStream();
        var source =
                new HttpSource(otherwise, connections.beside(otherwise, other, stream), other, identification, sent);
        source.found = found;
        return source;
    }

    /** The cookies as they are now; null when none are kept. */
    public @Nullable CookieJar cookies() {
        return identification.jar();
    }

    @Override
    public Reply open(Wanted wanted) throws IOException {
        leaveLast();
        Url url = found;
        if (url != null) {
            Reply reply = open(wanted, url);
            if (!isGone(reply.head().status())) {
                return reply;
            }
            // What a redirect led to may have been for a while only.
            reply.close();
            leaveLast();
            found = null;
        }
        return open(wanted, plan.request().url());
    }

    private static boolean isGone(int status) {
        return status == 401 || status == 403 || status == 404 || status == 410;
    }

    private Reply open(Wanted wanted, Url first) throws IOException {
        var heads = new ArrayList<Head>();
        Url url = first;
        String method = plan.request().method();
        RequestBody sent = body;
        int followed = 0;
        int refused = 0;
        while (true) {
            // A body that is long, or can be read only once, waits until the server has asked who sends it.
            boolean probing = sent != null
                    && (!sent.isRepeatable() || WireRequest.isLarge(sent))
                    && identification.awaitsChallenge(url);
            Reply reply = ask(method, url, probing ? null : sent, wanted);
            heads.add(reply.head());
            if (refused < MOST_REFUSALS && identification.answers(reply.head(), said, url)) {
                leave(reply, url);
                refused++;
                checkRepeatable(sent, url);
                continue;
            }
            if (probing && reply.head().status() < 300) {
                leave(reply, url);
                identification.needsNone(url);
                continue;
            }
            Optional<Url> next = redirection.target(reply.head(), url);
            if (next.isEmpty()) {
                if (!reply.head().isError() && !url.equals(plan.request().url()) && method.equals("GET")) {
                    found = url;
                }
                return new Reply(heads, url, reply.length(), reply.body());
            }
            leave(reply, url);
            redirection.count(followed++, url);
            refused = 0;
            witness.redirected(url, next.get());
            url = next.get();
            sent = redirected(sent, method, reply.head().status(), url);
            method = Redirection.method(method, reply.head().status());
        }
    }

    /** The body after a redirect: none where the method becomes GET, else the same once more. */
    private static @Nullable RequestBody redirected(@Nullable RequestBody sent, String method, int status, Url to)
            throws FaultException {
        if (sent == null || Redirection.dropsBody(method, status)) {
            return null;
        }
        checkRepeatable(sent, to);
        return sent;
    }

    private static void checkRepeatable(@Nullable RequestBody sent, Url to) throws FaultException {
        if (sent != null && !sent.canOpen()) {
            throw sent.spent(to.toString()).exception();
        }
    }

    /** Whether the request can be sent once more as it is: what can be read only once has not been read. */
    public boolean isRepeatable() {
        return body == null || body.canOpen();
    }

    /** A connection whose response was not read to its end is no longer one: the next request makes another. */
    private void leaveLast() {
        if (silent || (last != null && last.wasSilent())) {
            connections.giveUp();
            silent = false;
            last = null;
        }
        if (last != null && lastUrl != null && !last.leavesConnection()) {
            connections.forget(lastUrl);
        }
        last = null;
    }

    /** Has done with a response that is not wanted: a short body is read to its end, so that its connection may serve on. */
    private void leave(Reply reply, Url url) {
        String length = reply.head().headers().first("Content-Length").orElse("");
        try {
            if (!length.isEmpty() && Long.parseLong(length) <= WORTH_READING) {
                while (reply.body().next() != null) {}
                return;
            }
        } catch (IOException e) {
            witness.note("the body of a response that is not wanted broke: " + e.getMessage());
        }
        reply.close();
        connections.forget(url);
    }

    /** One request, to one address after the other until one is reached. */
    private Reply ask(String method, Url url, @Nullable RequestBody sent, Wanted wanted) throws IOException {
        Headers fields = fields(method, url, wanted, sent);
        said = fields;
        boolean large = handsOn && !url.isSecure() && plan.request().protocol() != Request.Protocol.HTTP_2;
        if (large || !plan.routing().isDirect(url) || (sent != null && goesByWire(url, sent))) {
            return reply(
                    method, url, connections.wire().send(new WireRequest(method, url, fields, sent), wanted.within()));
        }
        return askClient(method, url, sent, fields, wanted);
    }

    /**
     * Whether a body goes over a connection of relay's own. HTTP/2 is the client's alone; which of the two it will be is
     * worth a connection of its own only for a body that the server might not want.
     */
    private boolean goesByWire(Url url, RequestBody sent) throws IOException {
        return !url.isSecure()
                || plan.request().protocol() == Request.Protocol.HTTP_1_1
                || (WireRequest.isLarge(sent) && connections.wire().agreesOnHttp1(url));
    }

    private Reply askClient(String method, Url url, @Nullable RequestBody sent, Headers given, Wanted wanted)
            throws IOException {
        // Without one the client would send its own; it cannot be told to send none.
        Headers fields = given.contains("User-Agent") ? given : given.with("User-Agent", "");
        long start = System.nanoTime();
        Duration limit = sooner(plan.limits().connect(), wanted.within());
        Route route = Route.of(url, plan.routing(), limit);
        witness.resolved(url.bareHost(), route.addresses());
        Iterator<InetAddress> addresses = route.addresses().iterator();
        while (true) {
            var sending = new Sending(
                    method,
                    url,
                    fields,
                    sent,
                    addresses.next(),
                    route.port(),
                    plan.request().protocol());
            try {
                Duration left = limit == null ? null : ConnectTime.left(limit, start);
                // An address that does not answer must leave some time for the next.
                return answer(sending, wanted, left != null && addresses.hasNext() ? left.dividedBy(2) : left);
            } catch (FaultException e) {
                boolean unreached = e.fault().code() == ExitCode.NOT_CONNECTED
                        || (e.fault().code() == ExitCode.TIME_LIMIT
                                && !connections.client().hasReached(url));
                if (!unreached || !addresses.hasNext()) {
                    connections.forget(url);
                    silent = e.fault().code() == ExitCode.TIME_LIMIT;
                    throw e;
                }
                witness.note("no connection to " + sending.address().getHostAddress() + " ("
                        + e.fault().why() + "), trying the next address");
            }
        }
    }

    private Reply answer(Sending sending, Wanted wanted, @Nullable Duration connectLimit) throws IOException {
        Url url = sending.url();
        boolean toHead = sending.method().equals("HEAD");
        return reply(
                sending.method(),
                url,
                connections.client().send(sending, connectLimit, wanted.within(), info -> body(url, toHead, info)));
    }

    private Reply reply(String method, Url url, Client.Answer answer) throws IOException {
        last = answer.body();
        lastUrl = url;
        Head head = answer.head();
        witness.answered(head);
        identification.heard(head, url);
        try {
            long length = Framing.length(head, method.equals("HEAD"), url);
            return new Reply(List.of(head), url, length < 0 ? partLength(head) : length, answer.body());
        } catch (FaultException e) {
            answer.body().close();
            throw e;
        }
    }

    private ArrivingBody body(Url url, boolean toHead, HttpResponse.ResponseInfo info) {
        HttpHeaders fields = info.headers();
        boolean none = toHead || info.statusCode() == 204 || info.statusCode() == 304;
        long length = none ? 0 : fields.firstValueAsLong("Content-Length").orElse(-1);
        if (length < 0 && info.statusCode() == 206) {
            length = partLength(Client.head(info));
        }
        boolean events =
                fields.firstValue("Content-Type").orElse("").regionMatches(true, 0, "text/event-stream", 0, 17);
        // Only there the end of the connection is the end of the body.
        boolean two = info.version() == HttpClient.Version.HTTP_2;
        boolean untilClose = url.isSecure()
                && length < 0
                && !two
                && fields.firstValue("Transfer-Encoding").isEmpty();
        var patience = new Patience(plan.limits(), events);
        return new ArrivingBody(
                url,
                patience,
                length,
                two,
                Connections.streams(plan) - 1,
                () -> !untilClose || connections.saidGoodbye());
    }

    /** What Content-Range says of the length of a part, when nothing else does; -1 when it does not either. */
    private static long partLength(Head head) {
        Optional<ContentRange> range = head.status() != 206
                ? Optional.empty()
                : head.headers().first("Content-Range").flatMap(ContentRange::parse);
        return range.isPresent() && range.get() instanceof ContentRange.Part part ? part.length() : -1;
    }

    private Headers fields(String method, Url url, Wanted wanted, @Nullable RequestBody sent) {
        Request request = plan.request();
        Headers fields = redirection.fieldsFor(request.headers(), request.url(), url);
        if (body != null && sent == null) {
            fields = Redirection.withoutContent(fields);
        }
        fields = identification.fields(fields, method, url);
        String lastEvent = wanted.lastEventId();
        if (lastEvent != null) {
            fields = lastEvent.isEmpty() ? fields.without("Last-Event-ID") : fields.with("Last-Event-ID", lastEvent);
        }
        if (!wanted.isAll()) {
            Headers ranged = fields.with("Range", wanted.range());
            return wanted.validator() == null
                    ? ranged
                    : ranged.with("If-Range", wanted.validator().fieldValue());
        }
        return request.range() == null ? fields : fields.with("Range", "bytes=" + request.range());
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends all that its requests go over, at once; what is made at that moment on another thread, too. */
    @Override
    public void close() {
        connections.close();
    }
}
