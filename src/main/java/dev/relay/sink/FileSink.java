package dev.relay.sink;

import dev.relay.http.Url;
import dev.relay.io.Continuation;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file that appears under its name only when it is whole and on the disk; until then it is a part beside it. */
final class FileSink implements Sink {
    private final Naming naming;
    private final Consumer<String> note;
    private final @Nullable Url continued;
    private @Nullable PartFile part;
    private @Nullable Path shown;
    private @Nullable Path kept;
    private boolean synced;
    private boolean committed;
    private boolean refused;

    /** @param note is told when a part of an earlier run is begun anew */
    FileSink(Naming naming, Consumer<String> note) {
        this(naming, note, null);
    }

    /** @param continued what is asked for, when a part of it that is there is to be continued */
    FileSink(Naming naming, Consumer<String> note, @Nullable Url continued) {
        this.naming = naming;
        this.note = note;
        this.continued = continued;
    }

    @Override
    public @Nullable Continuation continuation() throws IOException {
        if (continued == null) {
            return null;
        }
        try {
            part = new Leftover(naming.target(), naming.shown(), note).takenUp(continued);
        } catch (IOException e) {
            throw WriteFault.of(naming.shown(), e);
        }
        return part == null ? null : part.continuation();
    }

    @Override
    public void begin(Reply reply) throws IOException {
        try {
            if (part == null) {
                part = naming.begin(reply);
            } else {
                part.proceed();
            }
            shown = naming.shown();
        } catch (IOException e) {
            throw WriteFault.of(naming.shown(), e);
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            part().write(bytes);
        } catch (IOException e) {
            throw WriteFault.of(naming.shown(), e);
        }
    }

    @Override
    public void sync() throws IOException {
        if (synced) {
            return;
        }
        try {
            naming.complete(part());
            part().sync();
            synced = true;
        } catch (IOException e) {
            throw WriteFault.of(naming.shown(), e);
        }
    }

    @Override
    public void commit() throws IOException {
        sync();
        try {
            naming.appear(part());
            shown = naming.shown();
            committed = true;
        } catch (IOException e) {
            throw WriteFault.of(naming.shown(), e);
        }
    }

    @Override
    public void refuse() {
        refused = true;
    }

    @Override
    public void close() throws IOException {
        PartFile left = part;
        part = null;
        if (left == null || committed) {
            return;
        }
        // What ended the transfer has often interrupted this thread, and channels do not work in such a thread.
        boolean interrupted = Thread.interrupted();
        try {
            abandon(left);
        } catch (IOException e) {
            throw WriteFault.of(naming.shown(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void abandon(PartFile left) throws IOException {
        if (!refused && left.isContinuable()) {
            left.keep();
            kept = shownPart(naming.shown(), left.path());
        } else {
            left.discard();
        }
    }

    /** The part's name beside the name that the user gave, unless that is a link to somewhere else. */
    static Path shownPart(Path shown, Path part) {
        boolean isBeside = part.getFileName().toString().equals(shown.getFileName() + ".part");
        return isBeside ? shown.resolveSibling(part.getFileName()) : part;
    }

    @Override
    public @Nullable Path file() {
        return shown;
    }

    @Override
    public @Nullable Path kept() {
        return kept;
    }

    private PartFile part() {
        if (part == null) {
            throw new IllegalStateException("not begun");
        }
        return part;
    }
}
