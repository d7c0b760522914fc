package dev.relay.io;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a body into the ledger, and stops it when it grows larger than allowed. */
public final class Meter implements Chunks {
    private final Chunks source;
    private final Ledger ledger;
    private final @Nullable Long most;
    private final String where;
    private long count;

    /** @param most the largest size in bytes, null for any */
    public Meter(Chunks source, Ledger ledger, @Nullable Long most, String where) {
        this.source = source;
        this.ledger = ledger;
        this.most = most;
        this.where = where;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        ByteBuffer bytes = source.next();
        if (bytes != null) {
            count += bytes.remaining();
            ledger.received(bytes.remaining());
            if (most != null && count > most) {
                close();
                throw tooLarge(where, most);
            }
        }
        return bytes;
    }

    /** Refuses a body that is already known to be too large. */
    public static void check(long length, @Nullable Long most, String where) throws IOException {
        if (most != null && length > most) {
            throw tooLarge(where, most);
        }
    }

    private static IOException tooLarge(String where, long most) {
        return Fault.of(ExitCode.TOO_LARGE, where, "more than " + most + " bytes")
                .exception();
    }

    @Override
    public void close() {
        source.close();
    }
}
