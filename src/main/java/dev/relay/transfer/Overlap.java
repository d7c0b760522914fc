package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.io.Wanted;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks for the last bytes before a break once more, beside the request that continues it, and compares them with what was
 * delivered. A validator is only a server's word: one made of a time and a size stays when a file of the same size is
 * put in place within the same second.
 */
final class Overlap {
    private final Supplier<HttpSource> another;

    /** @param another a source of its own, which gives up soon: the check is worth a moment, not a wait */
    Overlap(Supplier<HttpSource> another) {
        this.another = another;
    }

    /** Whether the server has other bytes there, or answers with others; false also when it does not show them. */
    boolean isOther(Entity entity, Prefix known) throws IOException {
        ByteBuffer tail = known.tail();
        if (entity.validator() == null || !tail.hasRemaining()) {
            return false;
        }
        long end = entity.first() + known.length();
        Wanted wanted = Wanted.part(end - tail.remaining(), end - 1, entity.validator());
        try {
            return isOther(wanted, tail.duplicate());
        } catch (FaultException e) {
            if (!Setback.isPassing(e) || e.fault().code() == ExitCode.TIME_LIMIT) {
                return false;
            }
        }
        try {
            // A stream of a connection that broke under it says nothing about the server.
            return isOther(wanted, tail);
        } catch (FaultException e) {
            // The server does not want to be asked: its validator has to do.
            return false;
        }
    }

    private boolean isOther(Wanted wanted, ByteBuffer tail) throws IOException {
        try (HttpSource source = another.get();
                Reply reply = source.open(wanted)) {
            return reply.head().status() == 206 && (!isPart(reply, wanted) || isOther(reply, tail));
        }
    }

    /** Whether it begins where it was asked to; it may be shorter, and longer. */
    private static boolean isPart(Reply reply, Wanted wanted) {
        Optional<ContentRange> range =
                reply.head().headers().only("Content-Range").flatMap(ContentRange::parse);
        return range.isPresent() && range.get() instanceof ContentRange.Part part && part.first() == wanted.from();
    }

    private static boolean isOther(Reply reply, ByteBuffer tail) throws IOException {
        for (ByteBuffer bytes = reply.body().next();
                bytes != null && tail.hasRemaining();
                bytes = reply.body().next()) {
            int count = Math.min(bytes.remaining(), tail.remaining());
            if (!bytes.slice(bytes.position(), count).equals(tail.slice(tail.position(), count))) {
                return true;
            }
            tail.position(tail.position() + count);
        }
        return false;
    }
}
