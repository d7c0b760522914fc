package dev.relay.transfer;

import dev.relay.io.Ledger;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Wanted;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the rest of a body that broke, until it has it, until the budget is spent, or until it is certain that there
 * is no such rest any more. What it hands out continues the same entity, or it would not hand it out.
 */
final class Resumption {
    private final Source source;
    private final Judge judge;
    private final RetryBudget budget;
    private final Ledger ledger;

    Resumption(Source source, Judge judge, RetryBudget budget, Ledger ledger) {
        this.source = source;
        this.judge = judge;
        this.budget = budget;
        this.ledger = ledger;
    }

    void progressed(long bytes) {
        budget.progressed(bytes);
    }

    /**
     * Has the body continued.
     *
     * @param known what has come of it: as many bytes as that has
     * @param broken how it broke; what is thrown when nothing continues it
     */
    Rest rest(Entity entity, Prefix known, FaultException broken) throws IOException {
        long at = known.length();
        boolean ranges = true;
        FaultException reason = broken;
        Duration asked = null;
        for (int tries = 0; ; tries++) {
            Duration wait = budget.next(asked);
            if (wait == null) {
                throw tries == 0 ? broken : spent(broken, reason);
            }
            if (tries == 0) {
                ledger.broken();
            }
            budget.spend(reason.fault().message(), "continuing at byte " + (entity.first() + at), wait);
            ledger.resumed();
            asked = null;
            try {
                Verdict made = attempt(entity, known, at, ranges);
                if (made.rest() != null) {
                    return made.rest();
                }
                reason = made.reason() == null ? broken : made.reason();
                asked = made.asked();
                ranges &= made.ranges();
            } catch (FaultException e) {
                if (e.fault().code() == ExitCode.HTTP_STATUS) {
                    // The body broke, whatever the server says to the question for its rest.
                    throw spent(broken, e);
                }
                if (!Setback.isPassing(e)) {
                    throw e;
                }
                reason = e;
            }
        }
    }

    /** Opens a segment that has not been asked for yet; the first try is none that a budget counts. */
    Rest begin(Entity segment) throws IOException {
        var known = new Prefix();
        FaultException reason;
        try {
            Verdict made = attempt(segment, known, 0, true);
            if (made.rest() != null) {
                return made.rest();
            }
            reason = Objects.requireNonNull(made.reason());
        } catch (FaultException e) {
            if (!Setback.isPassing(e)) {
                throw e;
            }
            reason = e;
        }
        return rest(segment, known, reason);
    }

    /** Opens a segment that has not been asked for yet, by one try alone. */
    Rest once(Entity segment) throws IOException {
        Verdict made = attempt(segment, new Prefix(), 0, true);
        if (made.rest() == null) {
            throw Objects.requireNonNull(made.reason());
        }
        return made.rest();
    }

    private static FaultException spent(FaultException broken, FaultException last) {
        String hint = "could not be continued: " + last.fault().why();
        return broken.fault().withHint(hint).exception(last);
    }

    private Verdict attempt(Entity entity, Prefix known, long at, boolean ranges) throws IOException {
        Wanted wanted = ranges || entity.segment() ? entity.from(at) : Wanted.ALL;
        Reply reply = source.open(budget.limited(wanted));
        boolean taken = false;
        try {
            Verdict made = judge.of(reply, wanted, entity, known);
            taken = made.rest() != null && made.rest().reply() != null;
            return made;
        } finally {
            if (!taken) {
                reply.close();
            }
        }
    }

    /**
     * Holds a response against what an earlier run has left, which it is to continue.
     *
     * @param known what there is
     * @return null when it does not continue it, and says nothing against it either
     * @throws FaultException 102 when it is something else by now
     */
    @Nullable
    Rest continued(Reply reply, Wanted wanted, Entity entity, Prefix known) throws IOException {
        return judge.of(reply, wanted, entity, known).rest();
    }

    /** What there is behind the end of the connection; null when the server does not know of more. */
    @Nullable
    Rest beyond(Entity entity, Prefix known) throws IOException {
        return new Beyond(source, judge, budget, ledger).rest(entity, known);
    }
}
