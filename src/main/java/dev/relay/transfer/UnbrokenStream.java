package dev.relay.transfer;

import dev.relay.io.Chunks;
import dev.relay.io.Prefix;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that is continued where it breaks: each of its bytes once, in order, all of one entity. Nothing above learns
 * that there was a break.
 */
final class UnbrokenStream implements Chunks {
    private Entity entity;
    private final Resumption resumption;
    private final Prefix known;
    private final String where;
    private Chunks body;
    /** The length of the whole body; -1 when it ends where the present response ends. */
    private long end;

    private boolean untilClose;
    /** Where the server was asked for more than the connection brought: twice the same end is one. */
    private long asked = -1;

    /**
     * @param entity what the body belongs to
     * @param known what has come of the body before; it grows with what comes now
     * @param rest the response that goes on from there
     */
    UnbrokenStream(Entity entity, Prefix known, Rest rest, String where, Resumption resumption) {
        this.entity = entity;
        this.known = known;
        this.where = where;
        this.resumption = resumption;
        this.body = rest.body();
        this.end = rest.end();
        this.untilClose = rest.reply() != null && rest.reply().endsWithConnection();
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        while (true) {
            FaultException broken;
            try {
                ByteBuffer bytes = body.next();
                if (bytes != null) {
                    checkEnd(bytes.remaining());
                    known.add(bytes);
                    resumption.progressed(bytes.remaining());
                    return bytes;
                }
                if (end < 0 || known.length() == end) {
                    Rest more = untilClose && known.length() != asked ? resumption.beyond(entity, known) : null;
                    asked = known.length();
                    if (more == null) {
                        return null;
                    }
                    goOn(more);
                    continue;
                }
                broken = tooShort();
            } catch (FaultException e) {
                if (!Setback.isBreak(e)) {
                    throw e;
                }
                if (entity.segment() && known.length() == end) {
                    // All of the part is here: only its end was not told, and there is nothing behind it to ask for.
                    return null;
                }
                broken = ofAll(e);
            }
            body.close();
            Rest rest = resumption.rest(entity, known, broken);
            if (rest.reply() == null) {
                return null;
            }
            goOn(rest);
        }
    }

    /** A response without a length of its own must not bring more than the body has. */
    private void checkEnd(int more) throws FaultException {
        if (entity.length() >= 0 && known.length() + more > entity.length()) {
            close();
            String why = "it had " + entity.length() + " bytes and has more";
            throw Fault.of(ExitCode.RESOURCE_CHANGED, where, why).exception();
        }
    }

    private void goOn(Rest rest) {
        body = rest.body();
        end = rest.end();
        untilClose = end < 0 && rest.reply() != null && rest.reply().endsWithConnection();
        if (end >= 0 && end < Long.MAX_VALUE) {
            // What one response says of the length, all later ones are held to.
            entity = entity.ofLength(end);
        }
    }

    /** The same break, told of the whole body and not of the part that came last. */
    private FaultException ofAll(FaultException broken) {
        if (broken.fault().code() != ExitCode.SHORT_BODY || entity.length() < 0) {
            return broken;
        }
        String why = "only " + known.length() + " of " + entity.length() + " bytes came";
        return Fault.of(ExitCode.SHORT_BODY, where, why).exception(broken);
    }

    /** The part that came was whole, and not all that was asked for. */
    private FaultException tooShort() {
        String of = end == Long.MAX_VALUE ? "" : " of " + end;
        return Fault.of(ExitCode.SHORT_BODY, where, "a part ended after " + known.length() + of + " bytes")
                .exception();
    }

    @Override
    public void close() {
        body.close();
    }
}
