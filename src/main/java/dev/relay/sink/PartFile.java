package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file on its way: {@code FILE.part} and its meta file, until it gets its name, is kept to be continued, or is thrown
 * away. One of the three must happen, each at most once.
 */
final class PartFile {
    private final Path path;
    private final PartLock lock;
    private final PartMeta meta;
    private final FileChannel channel;

    PartFile(Path path, PartLock lock, PartMeta meta, FileChannel channel) {
        this.path = path;
        this.lock = lock;
        this.meta = meta;
        this.channel = channel;
    }

    Path path() {
        return path;
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Its bytes are on the disk when this returns. */
    void sync() throws IOException {
        channel.force(false);
    }

    /** Gives it that name, in place of the file that had it: at any moment one of the two has it. */
    void replace(Path target) throws IOException {
        channel.close();
        // Looked at again, for much time has passed: what is no file must not be renamed onto.
        if (Files.exists(target, NOFOLLOW_LINKS) && !Files.isRegularFile(target, NOFOLLOW_LINKS)) {
            throw new FileSystemException(target.toString(), null, "it is no longer a file");
        }
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        appeared();
    }

    /** Gives it that name unless something has it already. */
    boolean appearAs(Path name) throws IOException {
        channel.close();
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

    /** Whether more bytes can be put behind those that it has. */
    boolean isContinuable() throws IOException {
        return meta.isContinuable() && Files.size(path) > 0;
    }

    /** Leaves it, to be continued by another run. */
    void keep() throws IOException {
        channel.close();
        // Another channel, for an interrupt has closed the first.
        try (lock;
                var again = FileChannel.open(path, StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
            again.force(false);
            lock.sync();
        }
    }

    /** Removes it without a trace. */
    void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
        lock.remove();
    }
}
