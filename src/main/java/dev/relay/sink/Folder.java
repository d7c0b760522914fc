package dev.relay.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory that a file is to stand in. */
final class Folder {
    private Folder() {}

    static Path of(Path file) {
        Path parent = file.getParent();
        return parent == null ? file.getFileSystem().getPath(".") : parent;
    }

    /** Throws when no file can be made there, now or after the missing directories were made. */
    static void check(Path folder, boolean create, Path shownAs) throws IOException {
        Path there = folder;
        while (create && !Files.exists(there) && there.getParent() != null) {
            there = Folder.of(there);
        }
        if (!Files.exists(there)) {
            throw WriteFault.because(shownAs, "there is no such directory")
                    .withHint("--create-dirs makes it")
                    .exception();
        }
        if (!Files.isDirectory(there)) {
            throw WriteFault.because(shownAs, there + " is not a directory").exception();
        }
        if (!Files.isWritable(there) || !Files.isExecutable(there)) {
            throw WriteFault.because(shownAs, "the directory cannot be written to")
                    .exception();
        }
    }

    /** Makes a rename durable, as far as the file system can. */
    static void sync(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every file system can sync a directory, and the file has appeared already: it is no failure now.
            assert e != null;
        }
    }
}
