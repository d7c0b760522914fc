package dev.relay.transfer;

import dev.relay.http.RetryAfter;
import dev.relay.io.Ledger;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Wanted;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Recovery;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A source that is asked again while it fails in ways that are expected to pass, before anything of a body has come. */
final class RetryingSource implements Source {
    private static final String NOT_AGAIN = "not tried again: what the body came from can be read only once";

    private final Source source;
    private final String method;
    private final Recovery recovery;
    private final RetryBudget budget;
    private final Ledger ledger;
    private final InstantSource clock;
    private final BooleanSupplier repeatable;

    /**
     * @param method what the source sends: not every method may be sent twice
     * @param repeatable whether what the source sends can be sent once more
     */
    RetryingSource(
            Source source,
            String method,
            Recovery recovery,
            RetryBudget budget,
            Ledger ledger,
            InstantSource clock,
            BooleanSupplier repeatable) {
        this.repeatable = repeatable;
        this.source = source;
        this.method = method;
        this.recovery = recovery;
        this.budget = budget;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Reply open(Wanted wanted) throws IOException {
        while (true) {
            String why;
            Duration wait;
            int sent = ledger.requests();
            try {
                Reply reply = source.open(budget.limited(wanted));
                wait = wait(reply);
                if (wait == null) {
                    return reply;
                }
                if (!repeatable.getAsBoolean()) {
                    ledger.note(NOT_AGAIN);
                    return reply;
                }
                reply.close();
                why = reply.url() + " answered " + reply.head().status();
            } catch (FaultException e) {
                boolean unsent = ledger.requests() == sent;
                wait = Setback.isTransient(e, method, recovery, unsent) ? budget.next(null) : null;
                if (wait == null) {
                    throw e;
                }
                if (!repeatable.getAsBoolean()) {
                    throw e.fault().withHint(NOT_AGAIN).exception(e);
                }
                why = e.fault().message();
            }
            budget.spend(why, "trying again", wait);
            ledger.retried();
        }
    }

    /** How long to wait before this answer may be followed by a better one; null when it is the answer. */
    private @Nullable Duration wait(Reply reply) {
        if (!recovery.when().isStatus(reply.head().status()) || !Setback.mayRepeat(method, recovery)) {
            return null;
        }
        return budget.next(RetryAfter.of(reply.head(), clock.instant()));
    }
}
