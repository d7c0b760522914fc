package dev.relay.plan;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the response.
 *
 * @param body where the body goes, first the output, then each {@code --tee}; never empty
 * @param onError what a status of 400 or more means
 * @param includeHead the heads go before the body, to the output
 * @param headFile a file for the heads ({@code -D}); {@code -} is standard output
 * @param continued whether the part that an earlier run left is continued ({@code -C})
 * @param hold how many bytes may be held back until all is verified ({@code --hold}); null when nothing is
 */
public record Delivery(
        List<Destination> body,
        OnError onError,
        boolean includeHead,
        @Nullable Destination headFile,
        boolean continued,
        @Nullable Long hold) {

    /** {@code --fail}, {@code --fail-with-body}, {@code --no-fail}. */
    public enum OnError {
        /** Nothing is written, exit 22. */
        FAIL,
        /** The body is written, exit 22. */
        FAIL_WITH_BODY,
        /** An ordinary body. */
        DELIVER
    }

    /** A place for bytes. */
    public sealed interface Destination {}

    /**
     * Standard output.
     *
     * @param raw on a terminal too, bytes go as they are
     */
    public record Stdout(boolean raw) implements Destination {}

    /** A file under a name that the user gave: replaced when all is well, unless {@code --no-clobber}. */
    public record Named(Path path, FileRules rules) implements Destination {}

    /**
     * A file whose name comes from the URL or the response: never replaced.
     *
     * @param directory where it goes
     * @param urlName the name from the URL, made safe; null when it has none
     * @param fromHeader whether Content-Disposition names it first ({@code -J})
     */
    public record Remote(Path directory, @Nullable String urlName, boolean fromHeader, FileRules rules)
            implements Destination {}

    /**
     * How a file comes to be.
     *
     * @param createDirectories missing directories are made
     * @param keepExisting an existing file is kept and the new one is numbered: {@code name.1}
     */
    public record FileRules(boolean createDirectories, boolean keepExisting) {}

    public Delivery {
        body = List.copyOf(body);
    }

    /** Whether anything of the response goes to standard output, under whatever name. */
    public boolean isOnStdout() {
        boolean is = headFile != null && isStdout(headFile);
        for (Destination destination : body) {
            is |= isStdout(destination);
        }
        return is;
    }

    /** Whether the body goes to standard output in a form fit to be seen there. */
    public boolean isShown() {
        return body.getFirst() instanceof Stdout(boolean raw) && !raw;
    }

    private static boolean isStdout(Destination destination) {
        return destination instanceof Stdout
                || (destination instanceof Named named
                        && named.path().toString().equals("/dev/stdout"));
    }
}
