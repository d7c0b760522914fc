package dev.relay.transfer;

import dev.relay.http.RangeSpec;
import dev.relay.io.Chunks;
import dev.relay.io.Ledger;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Surroundings;
import dev.relay.io.Wanted;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Plan;
import dev.relay.plan.Recovery;
import dev.relay.plan.Request;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.time.Duration;

/** The upstream as the plan wants it: asked again when it fails, its body continued where it breaks. */
final class Stream {
    /** How long the check of an overlap may take, each step of it: it is worth a moment, not a wait. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final Source upstream;
    private final RetryBudget budget;

    Stream(Plan plan, Surroundings surroundings, Ledger ledger, Source upstream) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.upstream = upstream;
        this.budget = new RetryBudget(plan.recovery(), surroundings, ledger);
    }

    /** The first response that is an answer, its body continued where it breaks. */
    Reply open() throws IOException {
        Reply first = first();
        return first.carrying(unbroken(first));
    }

    private Reply first() throws IOException {
        Recovery recovery = plan.recovery();
        String method = plan.request().method();
        Source source = recovery.retries() == 0
                ? upstream
                : new RetryingSource(upstream, method, recovery, budget, ledger, surroundings.clock());
        return source.open(Wanted.ALL);
    }

    private Chunks unbroken(Reply reply) throws FaultException {
        if (plan.request().events() && !reply.head().isError()) {
            return new EventStream(reply, upstream, plan, surroundings, ledger);
        }
        Recovery recovery = plan.recovery();
        Entity entity = recovery.retries() > 0 && recovery.resume() && isOne(plan.request()) ? Entity.of(reply) : null;
        if (entity == null) {
            return reply.body();
        }
        Plan brief = plan.with(plan.limits().brief(MOMENT, Prefix.TAIL));
        var overlap = new Overlap(() -> new HttpSource(brief, surroundings.environment(), ledger.audience()));
        var resumption = new Resumption(upstream, recovery, budget, ledger, surroundings.clock(), overlap);
        var rest = new Resumption.Rest(reply, reply.body(), reply.length());
        return new UnbrokenStream(entity, new Prefix(), rest, reply.url().toString(), resumption);
    }

    /** Whether the request is for one run of bytes, which relay knows how to ask for again. */
    private static boolean isOne(Request request) throws FaultException {
        return request.method().equals("GET")
                && !request.headers().contains("Range")
                && (request.range() == null || RangeSpec.parse(request.range()).isSingle());
    }
}
