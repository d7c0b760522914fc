package dev.relay.transfer;

import dev.relay.http.Head;
import dev.relay.http.cookie.CookieJar;
import dev.relay.http.cookie.NetscapeFile;
import dev.relay.io.Cancellation;
import dev.relay.io.Chunks;
import dev.relay.io.Continuation;
import dev.relay.io.Deadline;
import dev.relay.io.Ledger;
import dev.relay.io.Meter;
import dev.relay.io.Pump;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Stage;
import dev.relay.io.Surroundings;
import dev.relay.io.Throttle;
import dev.relay.io.body.RequestBody;
import dev.relay.io.coding.Decoding;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Body;
import dev.relay.plan.Cookies;
import dev.relay.plan.Delivery;
import dev.relay.plan.Plan;
import dev.relay.sink.JarFile;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transfer, from the plan to the outcome: the one place where the order of things is decided. */
public final class Transfer {
    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;
    /** What the sinks have to say; kept until it is certain that relay is not to end silently. */
    private final List<String> notes = new ArrayList<>();

    private @Nullable CookieJar cookies;
    private @Nullable Sink output;

    public Transfer(Plan plan, Surroundings surroundings, Ledger ledger) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
    }

    /** Runs it to its end; never throws for what a server, a reader or a file system does. */
    public Outcome run(Cancellation cancellation) {
        if (plan.limits().total() != null) {
            Deadline.start(plan.limits().total(), plan.request().url().toString(), cancellation);
        }
        ledger.asks(plan.request().method(), plan.request().url());
        Outcome outcome;
        try {
            outcome = deliver();
        } catch (ReaderGoneException e) {
            outcome = new Outcome.ReaderGone();
        } catch (FaultException e) {
            outcome = new Outcome.Failed(e.fault(), e.getCause());
        } catch (IOException e) {
            outcome = new Outcome.Failed(
                    Fault.of(
                            ExitCode.RECEIVING_FAILED, plan.request().url().toString(), String.valueOf(e.getMessage())),
                    e);
        }
        Outcome reason = cancellation.settle();
        // What an interrupt has ended is over: what is told next must not be ended by it.
        boolean _ = Thread.interrupted();
        if (reason != null && !(outcome instanceof Outcome.Delivered)) {
            outcome = reason;
        }
        outcome = keepCookies(advised(outcome));
        if (!(outcome instanceof Outcome.ReaderGone)) {
            notes.forEach(ledger::note);
        }
        return outcome;
    }

    /** Says how to go on with what was kept: in the one line of a failure, which is told even when notes are not. */
    private Outcome advised(Outcome outcome) {
        Path kept = output == null ? null : output.kept();
        if (kept == null) {
            return outcome;
        }
        if (!(outcome instanceof Outcome.Failed failed)) {
            notes.add("kept " + kept + " (-C continues it)");
            return outcome;
        }
        String hint = failed.fault().hint();
        String advice = (hint == null ? "" : hint + ", ") + "-C continues " + kept;
        return new Outcome.Failed(failed.fault().withHint(advice), failed.cause());
    }

    /** On failure too: what has been set meanwhile would be lost. */
    private Outcome keepCookies(Outcome outcome) {
        Cookies wanted = plan.request().cookies();
        if (wanted == null || wanted.jar() == null || cookies == null) {
            return outcome;
        }
        try {
            JarFile.write(wanted.jar(), NetscapeFile.text(cookies.cookies()), surroundings);
        } catch (FaultException e) {
            if (outcome instanceof Outcome.Delivered) {
                return new Outcome.Failed(e.fault(), e);
            }
            notes.add(e.fault().message());
        } catch (IOException e) {
            notes.add("the cookies were not written: " + e.getMessage());
        }
        return outcome;
    }

    private Outcome deliver() throws IOException {
        Delivery delivery = plan.delivery();
        Outputs.checkReport(plan.telling().report(), surroundings);
        Body sent = plan.request().body();
        RequestBody body = sent == null ? null : RequestBody.of(sent, surroundings);
        if (body != null) {
            ledger.course().expectToSend(body.length());
        }
        try (Sink sink = Outputs.body(plan, surroundings, notes::add);
                Sink heads = Outputs.heads(delivery, surroundings, notes::add);
                var upstream = new HttpSource(plan, surroundings.environment(), ledger, body)) {
            output = sink;
            if (!plan.request().method().equals("GET") || sent != null) {
                // What another request was answered is no part of what a GET gets.
                sink.refuse();
            }
            cookies = upstream.cookies();
            var stream = new Stream(plan, surroundings, ledger, upstream);
            return deliver(stream, heads, sink);
        }
    }

    private Outcome deliver(Stream stream, @Nullable Sink heads, Sink sink) throws IOException {
        // Before the request: what cannot be continued is told, and held from now on.
        Continuation left = sink.continuation();
        try (Reply reply = left == null ? stream.open() : stream.continuing(left)) {
            Head head = reply.head();
            if (heads != null) {
                heads.begin(reply);
            }
            if (head.isError()
                    && plan.delivery().onError() == Delivery.OnError.FAIL
                    && !(reply.body() instanceof Nothing)) {
                return refused(reply);
            }
            checkSize(reply, left);
            if (plan.request().events() && !head.isError()) {
                EventStream.check(reply);
            }
            Proof proof = Proof.of(plan, reply, ledger, notes);
            // Before anything is opened: a coding that is not known is told here.
            Chunks body = through(reply, proof, left);
            sink.begin(reply);
            expect(reply, left);
            Pump.move(body, sink, ledger.course());
            ledger.course().at(Stage.FINISHING);
            check(proof, sink);
            sink.commit();
            if (sink.file() != null) {
                ledger.writtenTo(sink.file().toString());
            }
            return head.isError() && plan.delivery().onError() == Delivery.OnError.FAIL_WITH_BODY
                    ? refused(reply)
                    : new Outcome.Delivered();
        }
    }

    /** The way of a byte between the server and the pump. */
    private Chunks through(Reply reply, Proof proof, @Nullable Continuation left) throws IOException {
        Long most = plan.limits().maxFileSize();
        Long more = most == null || left == null ? most : Long.valueOf(most - left.length());
        Long rate = plan.limits().rate();
        // Counted as it passes: what waits for its time is not told to have come.
        Chunks held = rate == null ? reply.body() : new Throttle(reply.body(), rate, surroundings.nanoTime());
        Chunks body = new Meter(held, ledger, more, reply.url().toString());
        Chunks delivered = proof.ofDelivered(decoded(reply, proof.ofEncoded(body)));
        if (left != null) {
            proof.include(left);
        }
        return delivered;
    }

    /** A range of the user's must be what came, and nothing may be larger than allowed, what is there included. */
    private void checkSize(Reply reply, @Nullable Continuation left) throws IOException {
        long length = reply.length();
        if (left == null) {
            RangeCheck.check(plan.request(), reply);
        } else if (reply.head().status() != 200) {
            length = left.length() + Math.max(0, length);
        }
        Meter.check(length, plan.limits().maxFileSize(), reply.url().toString());
    }

    /** Says how long the body is that begins now, what an earlier run has left included. */
    private void expect(Reply reply, @Nullable Continuation left) {
        long there = left == null ? 0 : left.length();
        boolean isRest = left != null && reply.head().status() != 200 && reply.length() >= 0;
        ledger.course().expect(there, isRest ? there + reply.length() : reply.length());
    }

    /** What has no body names a coding all the same: the one that the body would have had. */
    private Chunks decoded(Reply reply, Chunks body) throws IOException {
        int status = reply.head().status();
        boolean bodiless = plan.request().isHead() || status == 204 || status == 304 || reply.length() == 0;
        return plan.request().compressed() && !bodiless
                ? Decoding.of(
                        reply.head().headers().all("Content-Encoding"),
                        body,
                        reply.url().toString())
                : body;
    }

    private static void check(Proof proof, Sink sink) throws FaultException {
        try {
            proof.check();
        } catch (FaultException e) {
            sink.refuse();
            throw e;
        }
    }

    private Outcome refused(Reply reply) {
        return new Outcome.Failed(RangeCheck.refused(plan.request(), reply), null);
    }
}
