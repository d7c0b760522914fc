package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.http.RetryAfter;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Wanted;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Recovery;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of a response whether it continues a body: what it lets pass is of the same entity, as far as can be known. */
final class Judge {
    private final Recovery recovery;
    private final InstantSource clock;
    private final @Nullable Overlap overlap;

    /** @param overlap looks at what the server has before the break; null to take its validator's word for it */
    Judge(Recovery recovery, InstantSource clock, @Nullable Overlap overlap) {
        this.recovery = recovery;
        this.clock = clock;
        this.overlap = overlap;
    }

    /**
     * Holds a response against what was asked for.
     *
     * @param known what has come of the body
     * @throws FaultException 102 when it is something else by now; 22 for a status that no further try will better
     */
    Verdict of(Reply reply, Wanted wanted, Entity entity, Prefix known) throws IOException {
        int status = reply.head().status();
        if (status == 206 && !wanted.isAll()) {
            return part(reply, entity, known);
        }
        if (status == 416 && !wanted.isAll()) {
            return nothingLeft(reply, entity, known);
        }
        if (status == 200 && entity.segment()) {
            entity.checkState(reply);
            return new Verdict(
                    null, fault(ExitCode.RANGE_NOT_SERVED, reply, "the whole came instead of a part"), null, true);
        }
        if (status == 200 || status == 206) {
            entity.checkAgain(reply);
            long end = entity.length() >= 0 ? entity.length() : reply.length();
            return new Verdict(new Rest(reply, Again.skip(reply, known), end), null, null, true);
        }
        if (!isTransient(reply)) {
            throw refusal(reply);
        }
        return refused(reply);
    }

    /** Whether a response with that status may be followed by a better one. */
    boolean isTransient(Reply reply) {
        return recovery.when().isStatus(reply.head().status());
    }

    Verdict refused(Reply reply) {
        return new Verdict(null, refusal(reply), RetryAfter.of(reply.head(), clock.instant()), true);
    }

    private static FaultException refusal(Reply reply) {
        return fault(
                ExitCode.HTTP_STATUS,
                reply,
                "the server answered " + reply.head().status());
    }

    Verdict part(Reply reply, Entity entity, Prefix known) throws IOException {
        if (!entity.isContinuedBy(reply, known.length())) {
            return new Verdict(null, fault(ExitCode.RANGE_NOT_SERVED, reply, "a part without an ETag"), null, false);
        }
        checkOverlap(reply, entity, known);
        return new Verdict(new Rest(reply, reply.body(), end(reply, entity)), null, null, true);
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
    Verdict nothingLeft(Reply reply, Entity entity, Prefix known) throws IOException {
        long at = known.length();
        Optional<ContentRange> range =
                reply.head().headers().only("Content-Range").flatMap(ContentRange::parse);
        if (range.isPresent() && range.get() instanceof ContentRange.Unsatisfied(long total)) {
            boolean isEnd = entity.length() < 0 || entity.length() == at;
            if (isEnd && total == entity.first() + at) {
                checkOverlap(reply, entity, known);
                return new Verdict(new Rest(null, reply.body(), at), null, null, true);
            }
            if (entity.length() < 0 || (entity.part() == null && total != entity.length())) {
                throw Entity.changed(reply, "it has " + total + " bytes now");
            }
        }
        return new Verdict(null, fault(ExitCode.RANGE_NOT_SERVED, reply, "the range was refused"), null, false);
    }

    /** The whole came where more was asked for: its length tells, or else its end. */
    static Verdict all(Reply reply, Entity entity, Prefix known) throws IOException {
        entity.checkAgain(reply);
        if (reply.length() == known.length()) {
            return new Verdict(null, null, null, true);
        }
        if (reply.length() > known.length()) {
            // Then the connection ended too early: a break like any other.
            String why = "only " + known.length() + " of " + reply.length() + " bytes came";
            return new Verdict(null, fault(ExitCode.SHORT_BODY, reply, why), null, false);
        }
        return new Verdict(new Rest(reply, Again.skip(reply, known), reply.length()), null, null, true);
    }

    private static FaultException fault(ExitCode code, Reply reply, String why) {
        return Fault.of(code, reply.url().toString(), why).exception();
    }
}
