package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.io.Chunks;
import dev.relay.io.Prefix;
import dev.relay.io.Tail;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Parallel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A body that is fetched in segments, several at a time, and read in order. Each segment is a range of its own, guarded
 * by the one validator, and is continued by itself where it breaks.
 */
final class ParallelStream implements Chunks {
    /** One of those that fetch: a way to the server of its own. */
    interface Lane {
        /**
         * Opens a segment.
         *
         * @param first whether it is the one that has been asked for already
         */
        Chunks open(Entity segment, boolean first) throws IOException;

        void close();
    }

    private final Entity whole;
    private final Parallel parallel;
    private final Window window;
    private final List<? extends Lane> lanes;
    private final List<Thread> threads = new ArrayList<>();
    private final Witness witness;
    private final String where;
    private final Tail end = new Tail(Prefix.TAIL);
    private long read;

    /**
     * Begins to fetch.
     *
     * @param whole the body that is wanted: its offset, its length, the validator of all its parts
     * @param lanes at most as many as there are connections; the first begins with the first segment
     */
    ParallelStream(Entity whole, Parallel parallel, List<? extends Lane> lanes, String where, Witness witness)
            throws IOException {
        this.whole = whole;
        this.parallel = parallel;
        this.lanes = List.copyOf(lanes);
        this.witness = witness;
        this.where = where;
        this.window =
                new Window(lanes.size(), parallel.segmentSize(), segments(whole.length(), parallel.segmentSize()));
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            // There is room for one each: nobody waits here.
            long segment = window.take();
            threads.add(Thread.ofVirtual().name("segments " + i).unstarted(() -> fetch(lane, segment)));
        }
        threads.forEach(Thread::start);
    }

    /** In how many segments a body of that length is fetched. */
    static long segments(long length, int segmentSize) {
        return (length + segmentSize - 1) / segmentSize;
    }

    /**
     * The segment of that number, as an entity of its own. All but the first begin with the last bytes of the one before,
     * so that it shows when they do not fit together.
     */
    static Entity segment(Entity whole, long number, int segmentSize) {
        int lead = lead(number);
        long first = whole.first() + number * segmentSize - lead;
        long length = Math.min(segmentSize, whole.length() - number * segmentSize) + lead;
        long total =
                whole.part() == null ? whole.length() : whole.part().total().orElse(-1);
        var part = new ContentRange.Part(
                first, first + length - 1, total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
        return new Entity(whole.validator(), whole.coding(), part, length, true);
    }

    private static int lead(long number) {
        return number == 0 ? 0 : Prefix.TAIL;
    }

    /** How many bytes have come, those included that wait for their turn. */
    long come() {
        return window.come();
    }

    private void fetch(Lane lane, long begin) {
        try {
            for (long number = begin; ; number = window.take()) {
                Entity segment = segment(whole, number, parallel.segmentSize());
                Chunks opened;
                try {
                    opened = lane.open(segment, number == 0);
                } catch (FaultException e) {
                    leave(number, e);
                    return;
                }
                move(opened, number);
            }
        } catch (IOException e) {
            window.fail(e);
        } catch (RuntimeException | Error e) {
            // Whoever reads must learn of it, or would wait for ever.
            window.fail(Fault.of(ExitCode.INTERNAL, "--parallel", e.toString()).exception(e));
        }
    }

    /** A server may allow fewer connections than there are: those that it lets do the work of the others. */
    private void leave(long number, FaultException why) throws FaultException {
        boolean isOver = why.fault().code() == ExitCode.RESOURCE_CHANGED
                || Thread.currentThread().isInterrupted();
        if (isOver || !window.giveBack(number)) {
            throw why;
        }
        witness.note("--parallel: " + why.fault().message() + "; going on with one connection fewer");
    }

    private void move(Chunks segment, long number) throws IOException {
        var lead = ByteBuffer.allocate(lead(number));
        try (segment) {
            for (ByteBuffer bytes = segment.next(); bytes != null; bytes = segment.next()) {
                if (lead.hasRemaining()) {
                    int count = Math.min(lead.remaining(), bytes.remaining());
                    lead.put(bytes.slice(bytes.position(), count));
                    bytes.position(bytes.position() + count);
                    if (!lead.hasRemaining()) {
                        window.lead(number, lead.flip());
                        lead.position(lead.limit());
                    }
                }
                window.put(number, bytes);
            }
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (read == whole.length()) {
            return null;
        }
        ByteBuffer bytes = window.next();
        if (read > 0 && read % parallel.segmentSize() == 0) {
            checkFit(window.lead(read / parallel.segmentSize()));
        }
        read += bytes.remaining();
        end.add(bytes);
        return bytes;
    }

    /** What a segment has before its first byte must be what the one before ended with. */
    private void checkFit(ByteBuffer lead) throws IOException {
        if (!lead.equals(end.bytes())) {
            String why = "its segments do not fit together at byte " + (whole.first() + read);
            throw Fault.of(ExitCode.RESOURCE_CHANGED, where, why).exception();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        lanes.forEach(Lane::close);
    }
}
