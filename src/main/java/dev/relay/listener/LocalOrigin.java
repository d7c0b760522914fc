package dev.relay.listener;

import dev.relay.io.Chunks;
import dev.relay.io.Ledger;
import dev.relay.io.Meter;
import dev.relay.io.Throttle;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Something of this machine, measured and held back as what comes from an upstream is. */
record LocalOrigin(Origin origin, @Nullable Long rate, LongSupplier nanoTime, Ledger ledger) implements Origin {
    @Override
    public Known prepare() throws IOException {
        return origin.prepare();
    }

    @Override
    public Handed open(RequestHead request) throws IOException {
        Handed handed = origin.open(request);
        Chunks body = new Meter(handed.body(), ledger, null, "");
        return new Handed(
                handed.status(),
                handed.headers(),
                handed.length(),
                rate == null ? body : new Throttle(body, rate, nanoTime));
    }

    @Override
    public boolean isExhausted() {
        return origin.isExhausted();
    }

    @Override
    public void close() {
        origin.close();
    }
}
