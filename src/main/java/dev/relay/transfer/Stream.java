package dev.relay.transfer;

import dev.relay.http.RangeSpec;
import dev.relay.http.Validator;
import dev.relay.io.Chunks;
import dev.relay.io.Continuation;
import dev.relay.io.Course;
import dev.relay.io.Ledger;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Surroundings;
import dev.relay.io.Wanted;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Parallel;
import dev.relay.plan.Plan;
import dev.relay.plan.Recovery;
import dev.relay.plan.Request;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The upstream as the plan wants it: asked again when it fails, its body continued where it breaks. */
final class Stream {
    /** How long the check of an overlap may take, each step of it: it is worth a moment, not a wait. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final HttpSource upstream;
    private final RetryBudget budget;

    Stream(Plan plan, Surroundings surroundings, Ledger ledger, HttpSource upstream) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.upstream = upstream;
        this.budget = new RetryBudget(plan.recovery(), surroundings, ledger);
    }

    /** The first response that is an answer, its body continued where it breaks. */
    Reply open() throws IOException {
        Division division = plan.request().parallel() == null ? null : Division.of(plan.request());
        if (division != null) {
            Reply reply = divided(division);
            if (reply != null) {
                return reply;
            }
        } else if (plan.request().parallel() != null) {
            ledger.note("--parallel: where the last bytes begin is not known: one connection does it all");
        }
        Reply first = first(Wanted.ALL);
        return first.carrying(unbroken(first));
    }

    /**
     * The response that continues what an earlier run has left, its body being what is missing; or one that refuses.
     *
     * @param left never empty
     */
    Reply continuing(Continuation left) throws IOException {
        if (plan.request().parallel() != null) {
            ledger.note("--parallel: what an earlier run left is continued over one connection");
        }
        Recovery recovery =
                plan.recovery().resume() ? plan.recovery() : plan.recovery().giveUpAtOnce();
        var own = new RetryBudget(recovery, surroundings, ledger);
        return new Onward(patient(), resumption(upstream, recovery, own), ledger).open(left);
    }

    private Reply first(Wanted wanted) throws IOException {
        return patient().open(wanted);
    }

    /** The upstream, asked again while it fails before a body. */
    private Source patient() {
        Recovery recovery = plan.recovery();
        return recovery.retries() == 0
                ? upstream
                : new RetryingSource(
                        upstream,
                        plan.request().method(),
                        recovery,
                        budget,
                        ledger,
                        surroundings.clock(),
                        upstream::isRepeatable);
    }

    /** The body in segments; null when the server gave no reason to believe that they would fit together. */
    private @Nullable Reply divided(Division division) throws IOException {
        Reply reply = first(division.first());
        int status = reply.head().status();
        Entity whole = division.whole(reply);
        if (whole != null) {
            return inSegments(division, reply, whole);
        }
        if (status != 206 && status != 416) {
            if (status == 200) {
                ledger.note("--parallel: " + reply.url() + " serves no ranges: one connection does it all");
            }
            return reply.carrying(unbroken(reply));
        }
        reply.close();
        if (status == 206) {
            String lack = Validator.strong(reply.head().headers()).isEmpty()
                    ? " names no strong validator"
                    : " sent another part than the one it was asked for";
            ledger.note("--parallel: " + reply.url() + lack + ": one connection does it all");
        }
        return null;
    }

    private Reply inSegments(Division division, Reply reply, Entity whole) throws IOException {
        Parallel parallel = division.parallel();
        long count = ParallelStream.segments(whole.length(), parallel.segmentSize());
        ledger.divided((int) Math.min(Integer.MAX_VALUE, count));
        Reply standing = division.standing(reply, whole, plan.request().range() != null);
        if (count == 1) {
            Entity only = ParallelStream.segment(whole, 0, parallel.segmentSize());
            return standing.carrying(lane(upstream).first(only, reply));
        }
        var lanes = new ArrayList<SegmentLane>();
        for (int i = 0; i < Math.min(count, parallel.connections()); i++) {
            // The first goes on with the response that is there.
            lanes.add(lane(i == 0 ? upstream : upstream.beside(plan, ledger)));
        }
        lanes.getFirst().begin(reply);
        var segments = new ParallelStream(whole, parallel, lanes, reply.url().toString(), ledger);
        ledger.course().divide(new Course.Division(lanes.size(), segments::come));
        return standing.carrying(segments);
    }

    private SegmentLane lane(HttpSource source) {
        Recovery recovery =
                plan.recovery().resume() ? plan.recovery() : plan.recovery().giveUpAtOnce();
        var own = new RetryBudget(recovery, surroundings, ledger);
        return new SegmentLane(source, resumption(source, recovery, own));
    }

    /** The body of that response, continued where it breaks if it can be. */
    private Chunks unbroken(Reply reply) throws FaultException {
        if (plan.request().events() && !reply.head().isError()) {
            return new EventStream(reply, upstream, plan, surroundings, ledger);
        }
        Recovery recovery = plan.recovery();
        Entity entity = recovery.retries() > 0 && recovery.resume() && isOne(plan.request()) ? Entity.of(reply) : null;
        if (entity == null) {
            return reply.body();
        }
        var rest = new Rest(reply, reply.body(), entity.length());
        return new UnbrokenStream(
                entity, new Prefix(), rest, reply.url().toString(), resumption(upstream, recovery, budget));
    }

    private Resumption resumption(HttpSource source, Recovery recovery, RetryBudget tries) {
        var overlap = new Overlap(() ->
                source.beside(plan.with(plan.limits().brief(MOMENT, Prefix.TAIL)), ledger.audience()));
        return new Resumption(source, new Judge(recovery, surroundings.clock(), overlap), tries, ledger);
    }

    /** Whether the request is for one run of bytes, which relay knows how to ask for again. */
    private static boolean isOne(Request request) throws FaultException {
        return request.method().equals("GET")
                && request.body() == null
                && !request.headers().contains("Range")
                && (request.range() == null || RangeSpec.parse(request.range()).isSingle());
    }
}
