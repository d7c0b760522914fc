package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code FILE.part.meta}, held: while this is open, no other relay touches the part. It is this file that is
 * locked and not the part, for an interrupted write closes the part's channel, and the lock with it.
 */
final class PartLock implements Closeable {
    private static final int LONGEST = 64 * 1024;
    private static final int TRIES = 100;

    private final Path path;
    private final FileChannel channel;
    private final boolean isNew;

    private PartLock(Path path, FileChannel channel, boolean isNew) {
        this.path = path;
        this.channel = channel;
        this.isNew = isNew;
    }

    /** Makes the file or takes the one that is there. */
    static PartLock acquire(Path path) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            PartLock lock = tryOnce(path);
            if (lock != null) {
                return lock;
            }
        }
        throw new PartTakenException(path + " comes and goes");
    }

    /** Null when the file was removed by its last holder before it could be locked. */
    private static @Nullable PartLock tryOnce(Path path) throws IOException {
        @Nullable PartLock lock;
        @Nullable Object key;
        try {
            lock = created(path);
            key = key(path);
        } catch (FileAlreadyExistsException e) {
            // The key is asked for before the file is opened: only then does the same key mean the same file.
            key = key(path);
            lock = existing(path);
        }
        if (lock == null) {
            return null;
        }
        boolean held = false;
        try {
            lock.lock();
            held = key != null && key.equals(key(path));
            return held ? lock : null;
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }

    /** For the owner alone: a URL may hold a key to what it names. */
    private static PartLock created(Path path) throws IOException {
        return new PartLock(path, FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE), Access.owner()), true);
    }

    private static @Nullable PartLock existing(Path path) throws IOException {
        try {
            return new PartLock(path, FileChannel.open(path, Set.of(READ, WRITE, NOFOLLOW_LINKS)), false);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The device and inode of a regular file, null when there is none. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new PartTakenException(path + " is in the way");
            }
            return attributes.fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            // Some network file systems have no locks; not to download there at all would be worse.
            return;
        }
        if (lock == null) {
            throw new PartTakenException("another relay is writing to it");
        }
    }

    /** Whether this file was made just now: then a part that is there is not relay's. */
    boolean isNew() {
        return isNew;
    }

    /** What it holds; an endless file is none of ours and is not read to its end. */
    String text() throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST));
        channel.position(0);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // A read may bring less than was asked for.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** Replaces what it holds. */
    void write(String text) throws IOException {
        channel.truncate(0);
        append(text);
    }

    /** Puts a text behind what it holds. */
    void append(String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void sync() throws IOException {
        channel.force(false);
    }

    /** Removes the file, then lets go of it. */
    void remove() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
