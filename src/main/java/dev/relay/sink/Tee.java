package dev.relay.sink;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several sinks as one: each gets every byte, and the failure of one is the failure of all. */
public final class Tee implements Sink {
    private final List<Sink> sinks;
    private final Sink output;

    /** @param sinks at least one; the first is the output, the others go with it */
    public Tee(List<Sink> sinks) {
        this(sinks, sinks.getFirst());
    }

    /**
     * @param sinks in the order in which they are committed
     * @param output the one of them that is the output
     */
    public Tee(List<Sink> sinks, Sink output) {
        this.sinks = List.copyOf(sinks);
        this.output = output;
    }

    @Override
    public void begin(Reply reply) throws IOException {
        for (Sink sink : sinks) {
            sink.begin(reply);
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        for (Sink sink : sinks) {
            sink.write(bytes.duplicate());
        }
        bytes.position(bytes.limit());
    }

    @Override
    public void sync() throws IOException {
        for (Sink sink : sinks) {
            sink.sync();
        }
    }

    /** All are synced before the first appears, so that a full disk is noticed while none has changed. */
    @Override
    public void commit() throws IOException {
        sync();
        for (Sink sink : sinks) {
            sink.commit();
        }
    }

    @Override
    public void refuse() {
        for (Sink sink : sinks) {
            sink.refuse();
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Sink sink : sinks) {
            try {
                sink.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public @Nullable Path file() {
        return output.file();
    }

    @Override
    public @Nullable Path kept() {
        return output.kept();
    }
}
