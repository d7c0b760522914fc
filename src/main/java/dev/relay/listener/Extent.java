package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.http.RangeSpec;
import dev.relay.outcome.FaultException;
import java.util.Locale;
import java.util.Optional;

/**
 * The bytes that a request is answered with.
 *
 * @param first the offset of the first one; -1 when those that were asked for do not exist
 * @param end behind the last one
 */
record Extent(long first, long end, boolean isPart) {
    private static final String UNIT = "bytes=";

    static Extent whole(long size) {
        return new Extent(0, size, false);
    }

    /**
     * What a Range field asks for. Of several ranges, of other units and of what is malformed there is no part to be
     * had: the whole is the right answer to all of them (RFC 9110 §14.2).
     */
    static Extent of(Headers request, long size) {
        Optional<String> range = request.only("Range");
        if (range.isEmpty() || !range.get().toLowerCase(Locale.ROOT).startsWith(UNIT)) {
            return whole(size);
        }
        try {
            RangeSpec asked = RangeSpec.parse(range.get().substring(UNIT.length()));
            return asked.isSingle() ? of(asked.spans().getFirst(), size) : whole(size);
        } catch (FaultException _) {
            return whole(size);
        }
    }

    private static Extent of(RangeSpec.Span span, long size) {
        return switch (span) {
            case RangeSpec.Closed(long first, long last) -> part(first, Math.min(last, size - 1) + 1, size);
            case RangeSpec.From(long first) -> part(first, size, size);
            case RangeSpec.Suffix(long length) -> part(Math.max(0, size - length), size, size);
        };
    }

    private static Extent part(long first, long end, long size) {
        return first < size ? new Extent(first, end, true) : new Extent(-1, -1, true);
    }

    boolean isUnsatisfiable() {
        return first < 0;
    }

    /** The value of the Content-Range field of a part. */
    String contentRange(long size) {
        return "bytes " + first + "-" + (end - 1) + "/" + size;
    }
}
