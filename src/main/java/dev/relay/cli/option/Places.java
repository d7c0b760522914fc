package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places that a run writes to: two outputs to one file are refused, whatever names it goes by. */
final class Places {
    /** One output; standard output has no path. */
    private record Place(Option option, @Nullable Path path) {}

    private final List<Place> places = new ArrayList<>();

    /** Whether a file name stands for standard output, which the device of that name would open a second time. */
    static boolean isStdout(String file) {
        return file.equals("-")
                || file.equals("/dev/stdout")
                || file.equals("/dev/fd/1")
                || file.equals("/proc/self/fd/1");
    }

    /** @param path null for standard output */
    void add(Option option, @Nullable Path path) throws FaultException {
        var place = new Place(option, path);
        for (Place other : places) {
            if (isSame(other.path, path)) {
                throw Misuse.of(
                        option.name(),
                        (path == null ? "standard output" : Misuse.onOneLine(path.toString())) + " is the place of "
                                + other.option.name() + " already");
            }
        }
        places.add(place);
    }

    private static boolean isSame(@Nullable Path one, @Nullable Path other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        Path first = real(one);
        Path second = real(other);
        if (first.equals(second)) {
            // Whatever is written to a device such as /dev/null harms nobody.
            return !Files.exists(first) || Files.isRegularFile(first) || Files.isDirectory(first);
        }
        return isBeside(first, second) || isBeside(second, first);
    }

    /** Whether the one is where the other is written until it is complete, or what describes that. */
    private static boolean isBeside(Path one, Path other) {
        return one.equals(part(other)) || one.equals(Path.of(part(other) + ".meta"));
    }

    /** Where a file is being written until it is complete. */
    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** With every link followed, as far as the path exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            return absolute.toRealPath();
        } catch (IOException _) {
            // It is not there yet, or not to be seen: its directory may be.
            Path parent = absolute.getParent();
            Path name = absolute.getFileName();
            return parent == null || name == null
                    ? absolute
                    : real(parent).resolve(name).normalize();
        }
    }
}
