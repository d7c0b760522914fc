package dev.relay.transfer;

import dev.relay.io.Chunks;
import dev.relay.io.Prefix;
import dev.relay.io.Reply;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fetches segments one after the other over a way of its own, each continued where it breaks. */
final class SegmentLane implements ParallelStream.Lane {
    private final HttpSource source;
    private final Resumption resumption;
    private @Nullable Reply begun;
    private boolean served;

    SegmentLane(HttpSource source, Resumption resumption) {
        this.source = source;
        this.resumption = resumption;
    }

    /** The first segment has been answered: the lane goes on with that. */
    void begin(Reply reply) {
        begun = reply;
    }

    @Override
    public Chunks open(Entity segment, boolean first) throws IOException {
        if (first) {
            return first(segment, Objects.requireNonNull(begun));
        }
        // A way that has never led anywhere is not worth a wait: the others are quicker.
        Rest rest = served ? resumption.begin(segment) : resumption.once(segment);
        served = true;
        return stream(segment, rest);
    }

    /** The segment that this response holds. */
    Chunks first(Entity segment, Reply reply) {
        served = true;
        return stream(segment, new Rest(reply, reply.body(), segment.length()));
    }

    private Chunks stream(Entity segment, Rest rest) {
        String where = rest.reply() == null ? "" : rest.reply().url().toString();
        return new UnbrokenStream(segment, new Prefix(), rest, where, resumption);
    }

    @Override
    public void close() {
        source.close();
    }
}
