package dev.relay.transfer;

import dev.relay.io.Chunks;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that came once more from its beginning: what was delivered already is compared and left out. */
final class Again implements Chunks {
    private final Chunks body;
    private @Nullable ByteBuffer first;

    private Again(Chunks body, ByteBuffer first) {
        this.body = body;
        this.first = first;
    }

    /** Reads as much as is known; throws 102 when that is not the same. */
    static Chunks skip(Reply reply, Prefix known) throws IOException {
        var seen = new Prefix();
        while (seen.length() < known.length()) {
            ByteBuffer bytes = reply.body().next();
            if (bytes == null && reply.endsWithConnection()) {
                // That may be a cut as well as an end, and says nothing of the rest.
                String why = "the connection ended after " + seen.length() + " bytes";
                throw Fault.of(ExitCode.RECEIVING_FAILED, reply.url().toString(), why)
                        .exception();
            }
            if (bytes == null) {
                throw Entity.changed(reply, "it had more than " + seen.length() + " bytes");
            }
            int skipped = (int) Math.min(bytes.remaining(), known.length() - seen.length());
            seen.add(bytes.slice(bytes.position(), skipped));
            bytes.position(bytes.position() + skipped);
            if (bytes.hasRemaining()) {
                check(reply, seen, known);
                return new Again(reply.body(), bytes);
            }
        }
        check(reply, seen, known);
        return reply.body();
    }

    private static void check(Reply reply, Prefix seen, Prefix known) throws IOException {
        if (!seen.isSameAs(known)) {
            throw Entity.changed(reply, "its first " + known.length() + " bytes are not those that were delivered");
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        ByteBuffer bytes = first;
        first = null;
        return bytes == null ? body.next() : bytes;
    }

    @Override
    public void close() {
        body.close();
    }
}
