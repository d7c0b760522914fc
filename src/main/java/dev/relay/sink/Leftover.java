package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run may have left beside a target: it is taken up where it ended ({@code -C}), or it is said why it
 * cannot be; either way it stays as it is.
 */
final class Leftover {
    private static final String REPLACED = "without -C it is replaced";
    private static final String FOREIGN = "it was not made by relay";

    private final Path part;
    private final Path meta;
    private final String where;
    private final Consumer<String> note;

    /** @param shown the target as the user knows it */
    Leftover(Path target, Path shown, Consumer<String> note) {
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.meta = target.resolveSibling(target.getFileName() + ".part.meta");
        this.where = FileSink.shownPart(shown, part).toString();
        this.note = note;
    }

    /** The part, held; null when there is none, or nothing in it. */
    @Nullable
    PartFile takenUp(Url asked) throws IOException {
        // What has no part is none of ours to look at: a meta file alone was left by a relay that was killed early.
        if (!Files.exists(part, NOFOLLOW_LINKS)) {
            return null;
        }
        if (!Files.isRegularFile(part, NOFOLLOW_LINKS) || !Files.isRegularFile(meta, NOFOLLOW_LINKS)) {
            throw foreign();
        }
        PartLock lock = PartLock.acquire(meta);
        boolean held = false;
        try {
            PartFile left = lock.isNew() ? null : heldBy(lock, asked);
            held = left != null;
            return left;
        } finally {
            if (!held) {
                release(lock);
            }
        }
    }

    private static void release(PartLock lock) throws IOException {
        if (lock.isNew()) {
            lock.remove();
        } else {
            lock.close();
        }
    }

    private @Nullable PartFile heldBy(PartLock lock, Url asked) throws IOException {
        long size = Files.size(part);
        if (size == 0) {
            return null;
        }
        PartMeta known = PartMeta.parse(lock.text()).orElseThrow(this::foreign);
        if (!known.belongsTo((long) Files.getAttribute(part, "unix:ino", NOFOLLOW_LINKS))) {
            throw foreign();
        }
        if (!known.isContinuable()) {
            throw fault("no strong validator guards it", REPLACED);
        }
        if (!known.isFor(asked)) {
            throw fault("it was begun from " + known.url(), REPLACED);
        }
        long length = reliable(known, size);
        if (length == 0) {
            note.accept(where + " is begun anew: the machine has stopped before anything of it was on the disk");
            return null;
        }
        var channel = FileChannel.open(part, Set.of(StandardOpenOption.WRITE, NOFOLLOW_LINKS));
        return PartFile.left(part, lock, known, channel, length);
    }

    /** How many of its bytes are those that were written: all of them, unless the machine has stopped in between. */
    private long reliable(PartMeta known, long size) throws FaultException {
        if (size < known.synced()) {
            throw fault("it has become shorter than it was", REPLACED);
        }
        long length = known.isOfThisBoot() ? size : known.synced();
        if (known.total() >= 0 && length > known.total()) {
            throw fault("it is longer than the whole", REPLACED);
        }
        return length;
    }

    private FaultException foreign() {
        return fault(FOREIGN, "move it away to start from the beginning");
    }

    private FaultException fault(String why, String hint) {
        return Fault.of(ExitCode.CANNOT_CONTINUE, where, why).withHint(hint).exception();
    }

    /** For a place where bytes go and nothing stays. */
    static FaultException nothingKept(String place) {
        return Fault.of(ExitCode.CANNOT_CONTINUE, place, "it is not a file: there is no part of it")
                .exception();
    }

    /** For a part whose bytes cannot be read; a signal's interrupt stays what it is. */
    static IOException unreadable(Path part, IOException failure) {
        if (failure instanceof ClosedChannelException || failure instanceof InterruptedIOException) {
            return failure;
        }
        return Fault.of(ExitCode.CANNOT_CONTINUE, part.toString(), WriteFault.why(failure))
                .exception(failure);
    }
}
