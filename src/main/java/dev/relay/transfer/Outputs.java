package dev.relay.transfer;

import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import dev.relay.plan.Plan;
import dev.relay.sink.HeadFile;
import dev.relay.sink.HeadFirst;
import dev.relay.sink.Sinks;
import dev.relay.sink.Tee;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sinks that a delivery asks for, put together. */
final class Outputs {
    private Outputs() {}

    /** Everything that the body goes to, as one sink; checked, so that what cannot be written fails before the request. */
    static Sink body(Plan plan, Surroundings surroundings, Consumer<String> note) throws IOException {
        Delivery delivery = plan.delivery();
        if (delivery.continued()) {
            return Sinks.continuing(delivery.body().getFirst(), plan.request().url(), surroundings, note);
        }
        if (delivery.hold() != null) {
            return new HeldOutputs(delivery, surroundings, delivery.hold(), note).body();
        }
        var sinks = new ArrayList<Sink>(delivery.body().size());
        for (Delivery.Destination destination : delivery.body()) {
            Sinks.check(destination, surroundings);
            Sink sink = Sinks.of(destination, surroundings, note);
            sinks.add(sinks.isEmpty() && delivery.includeHead() ? new HeadFirst(sink) : sink);
        }
        return sinks.size() == 1 ? sinks.getFirst() : new Tee(sinks);
    }

    /** Where the heads go by themselves; null for nowhere. */
    static @Nullable Sink heads(Delivery delivery, Surroundings surroundings, Consumer<String> note)
            throws IOException {
        if (delivery.headFile() == null) {
            return null;
        }
        if (delivery.hold() != null) {
            return new HeldOutputs(delivery, surroundings, delivery.hold(), note).heads(false);
        }
        Sinks.check(delivery.headFile(), surroundings);
        return new HeadFile(Sinks.of(delivery.headFile(), surroundings, note));
    }

    /** The report comes last, but a place that cannot take it is no surprise for the end. */
    static void checkReport(@Nullable Path report, Surroundings surroundings) throws IOException {
        if (report != null) {
            try {
                Sinks.check(new Delivery.Named(report, new Delivery.FileRules(false, false)), surroundings);
            } catch (FaultException e) {
                // No option makes its directories.
                throw e.fault().withHint(null).exception(e);
            }
        }
    }
}
