package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.relay.io.Continuation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file on its way: {@code FILE.part} and its meta file, until it gets its name, is kept to be continued, or is thrown
 * away. One of the three must happen, each at most once. One that an earlier run left stays as it is until it
 * {@linkplain #proceed proceeds}.
 */
final class PartFile {
    private final Path path;
    private final PartLock lock;
    private final PartMeta meta;
    private final FileChannel channel;
    private final Settling settling;
    private final boolean continuable;
    private long length;
    private boolean proceeding;
    private boolean doubtful;

    private PartFile(Path path, PartLock lock, PartMeta meta, FileChannel channel, long length) {
        this.path = path;
        this.lock = lock;
        this.meta = meta;
        this.channel = channel;
        this.length = length;
        this.continuable = meta.isContinuable();
        this.settling = new Settling(path, lock, length);
    }

    /** One that begins. */
    static PartFile begun(Path path, PartLock lock, PartMeta meta, FileChannel channel) {
        var part = new PartFile(path, lock, meta, channel, 0);
        part.proceeding = true;
        return part;
    }

    /**
     * One that an earlier run left.
     *
     * @param length how many of its bytes can be relied on; it goes on behind them
     */
    static PartFile left(Path path, PartLock lock, PartMeta meta, FileChannel channel, long length) {
        return new PartFile(path, lock, meta, channel, length);
    }

    Path path() {
        return path;
    }

    /** What is there to be continued. */
    Continuation continuation() {
        return new Continuation(
                length,
                meta.total(),
                meta.validator().orElseThrow(),
                meta.fields(),
                new PartBytes.Opening(path, length));
    }

    /** Goes on behind the bytes that can be relied on. */
    void proceed() throws IOException {
        proceeding = true;
        if (channel.size() > length) {
            channel.truncate(length);
        }
        channel.position(length);
        // Only now: bytes that were not synced before the machine started again must not pass for those of today.
        lock.append(PartMeta.bootedNow());
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            length += channel.write(bytes);
        }
        if (continuable) {
            settling.reached(length);
        }
    }

    /** Its bytes are on the disk when this returns. */
    void sync() throws IOException {
        boolean forced = false;
        try {
            channel.force(false);
            forced = true;
        } finally {
            // A system tells such a failure once: asked again it would say that all is well.
            doubtful |= !forced;
        }
    }

    /** Gives it that name, in place of the file that had it: at any moment one of the two has it. */
    void replace(Path target) throws IOException {
        end();
        // Looked at again, for much time has passed: what is no file must not be renamed onto.
        if (Files.exists(target, NOFOLLOW_LINKS) && !Files.isRegularFile(target, NOFOLLOW_LINKS)) {
            throw new FileSystemException(target.toString(), null, "it is no longer a file");
        }
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        appeared();
    }

    /** Gives it that name unless something has it already. */
    boolean appearAs(Path name) throws IOException {
        end();
        if (!linked(name)) {
            return false;
        }
        appeared();
        return true;
    }

    /** A link is made only where nothing is, in one step; a rename would replace what came in between. */
    private boolean linked(Path name) throws IOException {
        try {
            Files.createLink(name, path);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return movedToReserved(name);
        }
        Files.delete(path);
        return true;
    }

    /** For file systems without links (vfat): an empty file holds the name until the rename. */
    boolean movedToReserved(Path name) throws IOException {
        try {
            Files.createFile(name);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        boolean moved = false;
        try {
            Files.move(path, name, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(name);
            }
        }
        return true;
    }

    private void appeared() throws IOException {
        Folder.sync(Folder.of(path));
        // Only now: without its meta file the part would not be known as relay's, were it killed before the rename.
        lock.remove();
    }

    private void end() throws IOException {
        doubtful |= !settling.end();
        channel.close();
    }

    /** Whether more bytes can be put behind those that it has. */
    boolean isContinuable() throws IOException {
        return !proceeding || (continuable && Files.size(path) > 0);
    }

    /** Leaves it, to be continued by another run. */
    void keep() throws IOException {
        try (lock) {
            end();
            if (proceeding) {
                settle();
            }
        }
    }

    private void settle() {
        try {
            lock.append(isOnDisk() ? PartMeta.synced(Files.size(path)) : PartMeta.unsettled());
            lock.sync();
            Folder.sync(Folder.of(path));
        } catch (IOException e) {
            // What ended the run is told already, and the part is there; how much of it counts is in the meta file.
            assert e != null;
        }
    }

    private boolean isOnDisk() {
        if (doubtful) {
            return false;
        }
        // Another channel, for an interrupt has closed the first.
        try (var again = FileChannel.open(path, Set.of(StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
            again.force(false);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes it without a trace. */
    void discard() throws IOException {
        end();
        Files.deleteIfExists(path);
        lock.remove();
    }
}
