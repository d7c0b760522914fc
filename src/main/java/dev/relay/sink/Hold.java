package dev.relay.sink;

import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing out before everything has come and was verified ({@code --hold}): until the commit the sink inside has not
 * even begun, so that a FIFO is not opened and no head is written.
 */
public final class Hold implements Sink {
    private final Sink sink;
    private final long limit;
    private final Spool spool;
    private @Nullable Reply reply;

    /**
     * @param sink what is held back
     * @param limit how many bytes may be held, at least 1
     * @param surroundings where $TMPDIR is
     */
    public Hold(Sink sink, long limit, Surroundings surroundings) {
        this.sink = sink;
        this.limit = limit;
        this.spool = new Spool(temporaryDirectory(surroundings));
    }

    private static Path temporaryDirectory(Surroundings surroundings) {
        String named = surroundings.environment().getOrDefault("TMPDIR", "");
        return surroundings.workingDirectory().resolve(named.isEmpty() ? "/tmp" : named);
    }

    /** Takes note of the response; one that announces more than may be held ends here. */
    @Override
    public void begin(Reply begun) throws IOException {
        if (begun.length() > limit) {
            throw tooLarge(begun.length() + " bytes are to come");
        }
        reply = begun;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > limit - spool.length()) {
            throw tooLarge("more than " + limit + " bytes came");
        }
        spool.add(bytes);
    }

    private IOException tooLarge(String what) {
        Path file = sink.file();
        return WriteFault.because(
                        file == null ? "standard output" : file, what + ", and --hold keeps no more than " + limit)
                .withHint("--hold-limit allows more")
                .exception();
    }

    /** Lets everything out. What fails from here on fails as it would without a hold. */
    @Override
    public void commit() throws IOException {
        if (reply == null) {
            throw new IllegalStateException("not begun");
        }
        sink.begin(reply);
        spool.replay(sink);
        sink.commit();
    }

    /** Without a commit, nothing has been let out, and nothing will be. */
    @Override
    public void close() throws IOException {
        try (spool) {
            sink.close();
        }
    }

    @Override
    public @Nullable Path file() {
        return sink.file();
    }
}
