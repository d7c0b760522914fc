package dev.relay.unbroken;

import dev.relay.http.ContentRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the server, as it was meant.
 *
 * @param version 0 for the entity that was served first, 1 for the changed one, -1 for an answer that is neither
 * @param contentRange as the answer says it
 * @param named the strong validators that the answer names
 * @param length how many bytes of it were to be sent before it broke or ended
 * @param ending null when it was whole
 */
record Served(
        int version,
        int status,
        @Nullable String range,
        @Nullable String ifRange,
        @Nullable String contentRange,
        List<String> named,
        long length,
        Axes.@Nullable Ending ending) {

    /** The offset that the request asked from; -1 when it asked for all. */
    long asked() {
        return range == null ? -1 : Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
    }

    /** Whether the request asked for bytes from before that offset, all the way to it. */
    boolean looksBackFrom(long offset) {
        if (range == null || asked() >= offset) {
            return false;
        }
        String last = range.substring(range.indexOf('-') + 1);
        return last.isEmpty() || Long.parseLong(last) >= offset - 1;
    }

    /** Whether all of that state of the entity was begun with. */
    boolean isWhole(int entity) {
        return version == entity && status == 200;
    }

    /** Whether it is a part of that state of the entity, and begins where it was asked to. */
    boolean isPart(int entity) {
        return version == entity
                && status == 206
                && given().orElse(null) instanceof ContentRange.Part part
                && part.first() == Math.max(0, asked());
    }

    /** Whether it says that the entity has more than so many bytes. */
    boolean tellsOfMoreThan(long bytes) {
        return switch (given().orElse(null)) {
            case ContentRange.Part part -> part.last() >= bytes;
            case ContentRange.Unsatisfied none -> none.total() > bytes;
            case null -> false;
        };
    }

    private Optional<ContentRange> given() {
        return Optional.ofNullable(contentRange).flatMap(ContentRange::parse);
    }

    @Override
    public String toString() {
        return (range == null ? "all" : range) + (ifRange == null ? "" : " if " + ifRange) + " -> "
                + (version < 0 ? "failure " + status : status + " of version " + version + ": " + length + " bytes")
                + (contentRange == null ? "" : ", " + contentRange) + (ending == null ? "" : ", then " + ending);
    }
}
