package dev.relay.transfer;

import dev.relay.io.Chunks;
import dev.relay.io.Continuation;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Source;
import dev.relay.io.Wanted;
import dev.relay.io.Witness;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Goes on with what an earlier run has left ({@code -C}): asks for the rest, and takes nothing that is no such rest. */
final class Onward {
    private final Source source;
    private final Resumption resumption;
    private final Witness witness;

    /** @param resumption for the breaks to come, and the judge of what continues a body */
    Onward(Source source, Resumption resumption, Witness witness) {
        this.source = source;
        this.resumption = resumption;
        this.witness = witness;
    }

    /**
     * The response that continues it, with what is missing as its body; {@link Nothing} when nothing is; or a response
     * that refuses.
     *
     * @param left never empty
     */
    Reply open(Continuation left) throws IOException {
        Entity entity = Entity.of(left);
        Prefix known = known(left);
        witness.note("continuing at byte " + known.length());
        Wanted rest = entity.from(known.length());
        Reply reply = source.open(rest);
        if (reply.head().isError() && reply.head().status() != 416) {
            return reply;
        }
        Reply continued = continued(reply, rest, entity, known);
        if (continued != null) {
            return continued;
        }
        // The server does not divide what it has: all of it will do, if it begins in the same way.
        Reply whole = source.open(Wanted.ALL);
        if (whole.head().isError()) {
            return whole;
        }
        continued = continued(whole, Wanted.ALL, entity, known);
        if (continued == null) {
            throw new IllegalStateException("neither continued nor refused");
        }
        return continued;
    }

    private @Nullable Reply continued(Reply reply, Wanted wanted, Entity entity, Prefix known) throws IOException {
        boolean flows = false;
        try {
            Rest rest = resumption.continued(reply, wanted, entity, known);
            if (rest == null) {
                return null;
            }
            if (rest.reply() == null) {
                return Nothing.of(reply);
            }
            flows = true;
            return reply.carrying(
                    new UnbrokenStream(entity, known, rest, reply.url().toString(), resumption));
        } finally {
            if (!flows) {
                reply.close();
            }
        }
    }

    private static Prefix known(Continuation left) throws IOException {
        var known = new Prefix();
        try (Chunks there = left.beginning().open()) {
            for (ByteBuffer bytes = there.next(); bytes != null; bytes = there.next()) {
                known.add(bytes);
            }
        }
        return known;
    }
}
