package dev.relay.sink;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What stands under a name that is to be written to. A device must never be renamed onto: that would put a file in its
 * place, for everybody.
 */
sealed interface Place {
    int MOST_LINKS = 40;

    /** A descriptor that is standard output, whatever its name. */
    record Stdout() implements Place {}

    /**
     * A device, a FIFO, or another descriptor: written straight through.
     *
     * @param append an open file of the caller's, in which bytes come after those that are there
     */
    record Straight(Path path, boolean append) implements Place {}

    /** A file, or nothing yet; the path is the one that links lead to. */
    record Regular(Path path, boolean exists) implements Place {}

    /** A directory: nothing can be written to it. */
    record Directory() implements Place {}

    /** Looks at an absolute path. */
    static Place at(Path path) throws IOException {
        Path place = path;
        for (int links = 0; links < MOST_LINKS; links++) {
            if (isDescriptor(place)) {
                return descriptor(place);
            }
            if (!Files.isSymbolicLink(place)) {
                return found(place);
            }
            // Link by link, for a rename must meet the file that the links lead to, even when it is not there yet.
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        throw new FileSystemLoopException(path.toString());
    }

    private static Place found(Path place) throws IOException {
        try {
            var attributes = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return new Directory();
            }
            return attributes.isRegularFile() ? new Regular(place, true) : new Straight(place, false);
        } catch (NoSuchFileException e) {
            return new Regular(place, false);
        }
    }

    private static boolean isDescriptor(Path path) {
        String text = path.toString();
        return text.equals("/dev/stdout")
                || text.equals("/dev/stderr")
                || text.startsWith("/dev/fd/")
                || (text.startsWith("/proc/")
                        && path.getNameCount() == 4
                        && path.getName(2).toString().equals("fd"));
    }

    private static Place descriptor(Path path) {
        String text = path.toString();
        String own = "/proc/" + ProcessHandle.current().pid() + "/fd/1";
        if (text.equals("/dev/stdout")
                || text.equals("/dev/fd/1")
                || text.equals("/proc/self/fd/1")
                || text.equals(own)) {
            return new Stdout();
        }
        return new Straight(path, Files.isRegularFile(path));
    }
}
