package dev.relay.transfer;

import dev.relay.io.Ledger;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks what there is behind the end of a body that ended with its connection, for a cut looks the same. */
final class Beyond {
    private final Source source;
    private final Judge judge;
    private final RetryBudget budget;
    private final Ledger ledger;

    Beyond(Source source, Judge judge, RetryBudget budget, Ledger ledger) {
        this.source = source;
        this.judge = judge;
        this.budget = budget;
        this.ledger = ledger;
    }

    /**
     * What there is of a body behind the end of its connection (RFC 9112 §6.3), as far as the server can say; null when
     * it does not know of more.
     */
    @Nullable
    Rest rest(Entity entity, Prefix known) throws IOException {
        long at = known.length();
        while (!entity.from(at).isAll()) {
            FaultException reason;
            Duration asked = null;
            try {
                Verdict made = question(entity, known, at);
                if (made.rest() != null || made.reason() == null) {
                    return made.rest();
                }
                reason = made.reason();
                asked = made.asked();
                if (!made.ranges()) {
                    throw reason;
                }
            } catch (FaultException e) {
                if (e.fault().code() == ExitCode.RESOURCE_CHANGED || e.fault().code() == ExitCode.SHORT_BODY) {
                    throw e;
                }
                reason = e;
            }
            Duration wait = Setback.isSilence(reason) ? budget.next(asked) : null;
            if (wait == null) {
                return null;
            }
            budget.spend(reason.fault().message(), "asking once more what follows byte " + (entity.first() + at), wait);
        }
        return null;
    }

    /** Asks for what is behind the end; neither a rest nor a reason when the answer is of no use. */
    private Verdict question(Entity entity, Prefix known, long at) throws IOException {
        Reply reply = source.open(budget.limited(entity.from(at)));
        Rest more = null;
        try {
            int status = reply.head().status();
            Verdict made = switch (status) {
                case 206 -> judge.part(reply, entity, known);
                case 416 -> judge.nothingLeft(reply, entity, known);
                case 200 -> Judge.all(reply, entity, known);
                default -> null;
            };
            if (made != null) {
                more = made.rest() != null && made.rest().reply() != null ? made.rest() : null;
                if (more != null && status == 206) {
                    ledger.resumed();
                    ledger.note(reply.url() + " ended without a word and has more; continuing at byte "
                            + (entity.first() + at));
                }
                return status == 200 ? made : new Verdict(more, null, null, true);
            }
            return judge.isTransient(reply) ? judge.refused(reply) : new Verdict(null, null, null, true);
        } finally {
            if (more == null) {
                reply.close();
            }
        }
    }
}
