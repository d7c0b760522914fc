package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.relay.io.Reply;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * Begins a part beside a target. A part that an earlier relay left is replaced; anything else under its name is the
 * user's and stays.
 */
final class PartClaim {
    private final Path part;
    private final Path meta;

    PartClaim(Path target) {
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.meta = target.resolveSibling(target.getFileName() + ".part.meta");
    }

    /** @param access the permissions that the part is made with; none for the usual */
    PartFile begin(Reply reply, FileAttribute<?>... access) throws IOException {
        PartLock lock = PartLock.acquire(meta);
        boolean begun = false;
        try {
            removeOwn(lock);
            PartFile file = made(lock, reply, access);
            begun = true;
            return file;
        } finally {
            if (!begun) {
                release(lock);
            }
        }
    }

    private PartFile made(PartLock lock, Reply reply, FileAttribute<?>... access) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), access);
        } catch (FileAlreadyExistsException e) {
            throw new PartTakenException(part + " has just appeared");
        }
        boolean described = false;
        try {
            var known = PartMeta.of(reply, inode());
            lock.write(known.text());
            described = true;
            return PartFile.begun(part, lock, known, channel);
        } finally {
            if (!described) {
                channel.close();
                Files.deleteIfExists(part);
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

    private void removeOwn(PartLock lock) throws IOException {
        String text = lock.text();
        if (!text.isEmpty() && PartMeta.parse(text).isEmpty()) {
            throw inTheWay(meta);
        }
        if (Files.exists(part, NOFOLLOW_LINKS)) {
            if (!isOwn(lock, text)) {
                throw inTheWay(part);
            }
            disown(lock, text);
            Files.delete(part);
        }
    }

    /**
     * What is on the disk of the old part must not pass for bytes of the new one, which may get its inode, should the
     * machine stop before the new description is on the disk.
     */
    private static void disown(PartLock lock, String text) throws IOException {
        if (PartMeta.parse(text).filter(old -> old.synced() > 0).isPresent()) {
            lock.append(PartMeta.synced(0) + PartMeta.unsettled());
            lock.sync();
        }
    }

    private boolean isOwn(PartLock lock, String text) throws IOException {
        if (lock.isNew() || !Files.isRegularFile(part, NOFOLLOW_LINKS)) {
            return false;
        }
        long inode = inode();
        // Killed after the part was made and before it was described, relay left nothing in it.
        return Files.size(part) == 0
                || PartMeta.parse(text).filter(known -> known.belongsTo(inode)).isPresent();
    }

    /** Says early what {@link #begin} would say: whether something of the user's is where the part would be. */
    void check() throws IOException {
        if (Files.exists(part, NOFOLLOW_LINKS) && !Files.isRegularFile(meta, NOFOLLOW_LINKS)) {
            throw inTheWay(part);
        }
    }

    private static PartTakenException inTheWay(Path path) {
        return new PartTakenException(path + " is in the way and was not made by relay");
    }

    private long inode() throws IOException {
        return (long) Files.getAttribute(part, "unix:ino", NOFOLLOW_LINKS);
    }
}
