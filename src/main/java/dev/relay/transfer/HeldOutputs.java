package dev.relay.transfer;

import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.plan.Delivery;
import dev.relay.sink.HeadFile;
import dev.relay.sink.HeadFirst;
import dev.relay.sink.Hold;
import dev.relay.sink.Sinks;
import dev.relay.sink.Tee;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sinks of a delivery from which nothing comes out before all is verified ({@code --hold}): what cannot be taken back
 * goes through one hold. When everything is verified and on the disk it is let out, heads first; files appear after that,
 * so that a reader who leaves meanwhile is a failure of all, as it is without a hold.
 */
final class HeldOutputs {
    private final Delivery delivery;
    private final Surroundings surroundings;
    private final long limit;
    private final Consumer<String> note;

    HeldOutputs(Delivery delivery, Surroundings surroundings, long limit, Consumer<String> note) {
        this.delivery = delivery;
        this.surroundings = surroundings;
        this.limit = limit;
        this.note = note;
    }

    /** Everything that the body goes to, with the heads that must wait for it. */
    Sink body() throws IOException {
        var straight = new ArrayList<Sink>();
        var files = new ArrayList<Sink>();
        boolean outputIsHeld = false;
        for (int i = 0; i < delivery.body().size(); i++) {
            Delivery.Destination destination = delivery.body().get(i);
            Sinks.check(destination, surroundings);
            Sink sink = Sinks.of(destination, surroundings, note);
            boolean held = Sinks.isStraight(sink);
            outputIsHeld |= held && i == 0;
            (held ? straight : files).add(i == 0 && delivery.includeHead() ? new HeadFirst(sink) : sink);
        }
        var sinks = new ArrayList<Sink>();
        Sink heads = heads(true);
        if (heads != null) {
            sinks.add(heads);
        }
        Sink output = outputIsHeld ? new Hold(one(straight), limit, surroundings) : files.getFirst();
        if (outputIsHeld) {
            sinks.add(output);
        } else if (!straight.isEmpty()) {
            sinks.add(new Hold(one(straight), limit, surroundings));
        }
        sinks.addAll(files);
        return sinks.size() == 1 ? output : new Tee(sinks, output);
    }

    private static Sink one(List<Sink> sinks) {
        return sinks.size() == 1 ? sinks.getFirst() : new Tee(sinks);
    }

    /**
     * Where the heads go by themselves; null for nowhere.
     *
     * @param held the place where they must wait for the body, or else the one where they need not
     */
    @Nullable
    Sink heads(boolean held) throws IOException {
        if (delivery.headFile() == null) {
            return null;
        }
        Sinks.check(delivery.headFile(), surroundings);
        Sink sink = Sinks.of(delivery.headFile(), surroundings, note);
        if (Sinks.isStraight(sink) != held) {
            return null;
        }
        return held ? HeadFile.held(sink) : new HeadFile(sink);
    }
}
