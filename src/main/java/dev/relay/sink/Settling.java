package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Puts a growing part on the disk from time to time, behind the back of its writer, and says in its meta file how far: a
 * power cut then costs the last stretch, not the whole, and the sync at the end has little left to do.
 */
final class Settling {
    /** How many bytes may be written before the next sync. */
    static final long STRETCH = 64L << 20;

    /** The first comes earlier, for it makes the names of the part and its meta file durable too. */
    static final long FIRST = 16L << 20;

    private final Path part;
    private final PartLock lock;
    private volatile long next;
    private boolean busy;
    private boolean failed;
    private boolean ended;

    /** @param from how many bytes the part has already */
    Settling(Path part, PartLock lock, long from) {
        this.part = part;
        this.lock = lock;
        this.next = from + FIRST;
    }

    /** So many bytes have been written: begins a sync when it is time, and does not wait for it. */
    void reached(long length) {
        if (length >= next) {
            begin(length);
        }
    }

    private synchronized void begin(long length) {
        // The larger the part the rarer, so that the meta file stays small.
        next = length + Math.max(STRETCH, length / 16);
        if (busy || failed || ended) {
            return;
        }
        busy = true;
        Thread.ofPlatform().daemon().name("settling").start(() -> settle(length));
    }

    private void settle(long length) {
        boolean settled = isForced();
        if (marked(length, settled)) {
            makeDurable();
        }
    }

    /** Through a channel of its own: a failure that the writer's channel reported here would be lost to the writer. */
    private boolean isForced() {
        try (var channel = FileChannel.open(part, Set.of(StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
            channel.force(false);
            return true;
        } catch (IOException e) {
            // The writer meets it too, and tells it.
            return false;
        }
    }

    private synchronized boolean marked(long length, boolean settled) {
        busy = false;
        failed = !settled;
        if (failed || ended) {
            return false;
        }
        try {
            lock.append(PartMeta.synced(length));
            return true;
        } catch (IOException e) {
            // The bytes are there all the same; a power cut would only cost more of them.
            return false;
        }
    }

    private void makeDurable() {
        try {
            lock.sync();
        } catch (IOException e) {
            // The part may have ended meanwhile. Otherwise the next mark is as good.
            return;
        }
        Folder.sync(Folder.of(part));
    }

    /** No mark is made after this. False when a sync has failed: then it is not known what is on the disk. */
    synchronized boolean end() {
        ended = true;
        return !failed;
    }
}
