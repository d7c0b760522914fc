package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.http.RetryAfter;
import dev.relay.io.Chunks;
import dev.relay.io.Ledger;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Wanted;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Recovery;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the rest of a body that broke, until it has it, until the budget is spent, or until it is certain that there
 * is no such rest any more. What it hands out continues the same entity, or it would not hand it out.
 */
final class Resumption {
    private final Source source;
    private final Recovery recovery;
    private final RetryBudget budget;
    private final Ledger ledger;
    private final InstantSource clock;
    private final @Nullable Overlap overlap;

    /** @param overlap looks at what the server has before the break; null to take its validator's word for it */
    Resumption(
            Source source,
            Recovery recovery,
            RetryBudget budget,
            Ledger ledger,
            InstantSource clock,
            @Nullable Overlap overlap) {
        this.source = source;
        this.recovery = recovery;
        this.budget = budget;
        this.ledger = ledger;
        this.clock = clock;
        this.overlap = overlap;
    }

    /**
     * The rest of a body.
     *
     * @param reply whose body it is; null when nothing is left
     * @param body from where it broke on
     * @param end how long the body is altogether; -1 when it ends where this ends
     */
    record Rest(@Nullable Reply reply, Chunks body, long end) {}

    /** What came of one try: the rest, or why there is none yet. */
    private record Try(
            @Nullable Rest rest,
            @Nullable FaultException reason,
            @Nullable Duration asked,
            boolean ranges) {}

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
            budget.spend(reason.fault().message(), "continuing at byte " + (entity.first() + at), wait);
            ledger.resumed();
            asked = null;
            try {
                Try made = attempt(entity, known, at, ranges);
                if (made.rest() != null) {
                    return made.rest();
                }
                reason = made.reason() == null ? broken : made.reason();
                asked = made.asked();
                ranges &= made.ranges();
            } catch (FaultException e) {
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
            Try made = attempt(segment, known, 0, true);
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
        Try made = attempt(segment, new Prefix(), 0, true);
        if (made.rest() == null) {
            throw Objects.requireNonNull(made.reason());
        }
        return made.rest();
    }

    private static FaultException spent(FaultException broken, FaultException last) {
        String hint = "could not be continued: " + last.fault().why();
        return broken.fault().withHint(hint).exception(last);
    }

    private Try attempt(Entity entity, Prefix known, long at, boolean ranges) throws IOException {
        Wanted wanted = ranges || entity.segment() ? entity.from(at) : Wanted.ALL;
        Reply reply = source.open(budget.limited(wanted));
        boolean taken = false;
        try {
            Try made = judged(reply, wanted, entity, known, at);
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
        return judged(reply, wanted, entity, known, known.length()).rest();
    }

    private Try judged(Reply reply, Wanted wanted, Entity entity, Prefix known, long at) throws IOException {
        int status = reply.head().status();
        if (status == 206 && !wanted.isAll()) {
            return part(reply, entity, known, at);
        }
        if (status == 416 && !wanted.isAll()) {
            return nothingLeft(reply, entity, known, at);
        }
        if (status == 200 && entity.segment()) {
            entity.checkState(reply);
            return new Try(
                    null, fault(ExitCode.RANGE_NOT_SERVED, reply, "the whole came instead of a part"), null, true);
        }
        if (status == 200 || status == 206) {
            entity.checkAgain(reply);
            long end = entity.length() >= 0 ? entity.length() : reply.length();
            return new Try(new Rest(reply, Again.skip(reply, known), end), null, null, true);
        }
        if (!recovery.when().isStatus(status)) {
            throw refusal(reply);
        }
        return refused(reply);
    }

    private Try refused(Reply reply) {
        return new Try(null, refusal(reply), RetryAfter.of(reply.head(), clock.instant()), true);
    }

    private static FaultException refusal(Reply reply) {
        return fault(
                ExitCode.HTTP_STATUS,
                reply,
                "the server answered " + reply.head().status());
    }

    private Try part(Reply reply, Entity entity, Prefix known, long at) throws IOException {
        if (!entity.isContinuedBy(reply, at)) {
            return new Try(null, fault(ExitCode.RANGE_NOT_SERVED, reply, "a part without an ETag"), null, false);
        }
        checkOverlap(reply, entity, known);
        return new Try(new Rest(reply, reply.body(), end(reply, entity)), null, null, true);
    }

    private void checkOverlap(Reply reply, Entity entity, Prefix known) throws IOException {
        if (overlap != null && overlap.isOther(entity, known)) {
            throw Entity.changed(reply, "the bytes before the break are no longer the same, under the same validator");
        }
    }

    /** How long the body is, as far as its length or that of the whole is known. */
    private static long end(Reply reply, Entity entity) {
        if (entity.length() >= 0) {
            return entity.length();
        }
        Optional<ContentRange> range =
                reply.head().headers().only("Content-Range").flatMap(ContentRange::parse);
        boolean told = range.isPresent()
                && range.get() instanceof ContentRange.Part part
                && part.total().isPresent();
        // Without a total, only another question will tell whether that was the end.
        return told ? ((ContentRange.Part) range.get()).total().getAsLong() - entity.first() : Long.MAX_VALUE;
    }

    /** 416: there is nothing from there on. If that is so, the body broke behind its last byte. */
    private Try nothingLeft(Reply reply, Entity entity, Prefix known, long at) throws IOException {
        Optional<ContentRange> range =
                reply.head().headers().only("Content-Range").flatMap(ContentRange::parse);
        if (range.isPresent() && range.get() instanceof ContentRange.Unsatisfied(long total)) {
            boolean isEnd = entity.length() < 0 || entity.length() == at;
            if (isEnd && total == entity.first() + at) {
                checkOverlap(reply, entity, known);
                return new Try(new Rest(null, reply.body(), at), null, null, true);
            }
            if (entity.length() < 0 || (entity.part() == null && total != entity.length())) {
                throw Entity.changed(reply, "it has " + total + " bytes now");
            }
        }
        return new Try(null, fault(ExitCode.RANGE_NOT_SERVED, reply, "the range was refused"), null, false);
    }

    private static FaultException fault(ExitCode code, Reply reply, String why) {
        return Fault.of(code, reply.url().toString(), why).exception();
    }

    /**
     * What there is of a body behind the end of its connection (RFC 9112 §6.3), as far as the server can say; null when
     * it does not know of more.
     */
    @Nullable
    Rest beyond(Entity entity, Prefix known) throws IOException {
        long at = known.length();
        while (!entity.from(at).isAll()) {
            FaultException reason;
            Duration asked = null;
            try {
                Try made = question(entity, known, at);
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

    /** The whole came where more was asked for: its length tells, or else its end. */
    private static Try all(Reply reply, Entity entity, Prefix known) throws IOException {
        entity.checkAgain(reply);
        if (reply.length() == known.length()) {
            return new Try(null, null, null, true);
        }
        if (reply.length() > known.length()) {
            // Then the connection ended too early: a break like any other.
            String why = "only " + known.length() + " of " + reply.length() + " bytes came";
            return new Try(null, fault(ExitCode.SHORT_BODY, reply, why), null, false);
        }
        return new Try(new Rest(reply, Again.skip(reply, known), reply.length()), null, null, true);
    }

    /** Asks for what is behind the end; neither a rest nor a reason when the answer is of no use. */
    private Try question(Entity entity, Prefix known, long at) throws IOException {
        Reply reply = source.open(budget.limited(entity.from(at)));
        Rest more = null;
        try {
            int status = reply.head().status();
            Try made = switch (status) {
                case 206 -> part(reply, entity, known, at);
                case 416 -> nothingLeft(reply, entity, known, at);
                case 200 -> all(reply, entity, known);
                default -> null;
            };
            if (made != null) {
                more = made.rest() != null && made.rest().reply() != null ? made.rest() : null;
                if (more != null && status == 206) {
                    ledger.resumed();
                    ledger.note(reply.url() + " ended without a word and has more; continuing at byte "
                            + (entity.first() + at));
                }
                return status == 200 ? made : new Try(more, null, null, true);
            }
            return recovery.when().isStatus(status) ? refused(reply) : new Try(null, null, null, true);
        } finally {
            if (more == null) {
                reply.close();
            }
        }
    }
}
