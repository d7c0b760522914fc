package dev.relay.sink;

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
    private @Nullable PartFile part;
    private @Nullable Path shown;
    private boolean synced;
    private boolean committed;
    private boolean refused;

    /** @param note is told of a part that stays */
    FileSink(Naming naming, Consumer<String> note) {
        this.naming = naming;
        this.note = note;
    }

    @Override
    public void begin(Reply reply) throws IOException {
        try {
            part = naming.begin(reply);
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
            note.accept("kept " + shownPart(left));
        } else {
            left.discard();
        }
    }

    /** Beside the name that the user gave, unless that is a link to somewhere else. */
    private Path shownPart(PartFile left) {
        Path name = left.path().getFileName();
        boolean isBeside = name.toString().equals(naming.shown().getFileName() + ".part");
        return isBeside ? naming.shown().resolveSibling(name) : left.path();
    }

    @Override
    public @Nullable Path file() {
        return shown;
    }

    private PartFile part() {
        if (part == null) {
            throw new IllegalStateException("not begun");
        }
        return part;
    }
}
