package dev.relay.unbroken;

import org.jspecify.annotations.Nullable;

/**
 * One answer of the server, as it was meant.
 *
 * @param version 0 for the entity that was served first, 1 for the changed one, -1 for an answer that is neither
 * @param first the offset of its first byte in the entity
 * @param length how many bytes of it were to be sent before it broke or ended
 * @param ending null when it was whole
 */
record Served(
        int version,
        int status,
        @Nullable String range,
        @Nullable String ifRange,
        long first,
        long length,
        Axes.@Nullable Ending ending) {

    /** The offset that the request asked from; -1 when it asked for all. */
    long asked() {
        return range == null ? -1 : Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
    }

    /** The same, with its first byte there. */
    Served from(long offset) {
        return new Served(version, status, range, ifRange, offset, length, ending);
    }

    boolean isWhole(int entity) {
        return version == entity && status == 200;
    }

    boolean isPart(int entity) {
        return version == entity && status == 206;
    }

    @Override
    public String toString() {
        return (range == null ? "all" : range) + (ifRange == null ? "" : " if " + ifRange) + " -> " + status
                + (version < 0 ? "" : " of version " + version + ": " + length + " bytes from " + first)
                + (ending == null ? "" : ", then " + ending);
    }
}
