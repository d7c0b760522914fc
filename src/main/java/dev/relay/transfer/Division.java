package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.http.Head;
import dev.relay.http.RangeSpec;
import dev.relay.http.Validator;
import dev.relay.io.Reply;
import dev.relay.io.Wanted;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Parallel;
import dev.relay.plan.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether a body can be fetched in segments, and as what the whole of it is known.
 *
 * @param from the offset of the first byte that the user wants
 * @param last the offset of the last one; -1 for the end
 */
record Division(long from, long last, Parallel parallel) {

    /** How the request may be divided; null when it cannot be. */
    static @Nullable Division of(Request request) throws FaultException {
        Parallel parallel = request.parallel();
        if (parallel == null) {
            return null;
        }
        if (request.range() == null) {
            return new Division(0, -1, parallel);
        }
        List<RangeSpec.Span> spans = RangeSpec.parse(request.range()).spans();
        return switch (spans.getFirst()) {
            case RangeSpec.Closed(long first, long end) when spans.size() == 1 -> new Division(first, end, parallel);
            case RangeSpec.From(long first) when spans.size() == 1 -> new Division(first, -1, parallel);
            default -> null;
        };
    }

    /** The first segment: what the server says to it decides. */
    Wanted first() {
        long end = from + parallel.segmentSize() - 1;
        return Wanted.opening(from, last < 0 ? end : Math.min(end, last));
    }

    /**
     * The whole that the answer to the first segment is a part of; null when it does not say enough for others to be put
     * behind it.
     */
    @Nullable
    Entity whole(Reply reply) {
        Optional<ContentRange> range =
                reply.head().headers().only("Content-Range").flatMap(ContentRange::parse);
        Optional<Validator> validator = Validator.strong(reply.head().headers());
        if (reply.head().status() != 206
                || validator.isEmpty()
                || range.isEmpty()
                || !(range.get() instanceof ContentRange.Part part)
                || part.total().isEmpty()
                || reply.length() != part.length()) {
            return null;
        }
        long total = part.total().getAsLong();
        long end = last < 0 ? total : Math.min(total, last + 1);
        if (part.first() != from || part.last() != Math.min(end, first().last() + 1) - 1) {
            return null;
        }
        var all = new ContentRange.Part(from, end - 1, OptionalLong.of(total));
        String coding = String.join(",", reply.head().headers().all("Content-Encoding"));
        return new Entity(validator.get(), coding, all, end - from, false);
    }

    /** The head that one response to the whole request would have had. */
    Head head(Reply reply, Entity whole, boolean ranged) {
        Head first = reply.head();
        var headers = first.headers().with("Content-Length", Long.toString(whole.length()));
        if (reply.length() != whole.length()) {
            // Of the content of the first response alone (RFC 9530 §2).
            headers = headers.without("Content-Digest");
        }
        if (!ranged) {
            return new Head(first.version(), 200, headers.without("Content-Range"));
        }
        ContentRange.Part part = Objects.requireNonNull(whole.part());
        String field =
                "bytes " + part.first() + "-" + part.last() + "/" + part.total().orElseThrow();
        return new Head(first.version(), 206, headers.with("Content-Range", field));
    }

    /** The reply that stands for the whole, its body still that of the first segment. */
    Reply standing(Reply reply, Entity whole, boolean ranged) {
        var heads = new ArrayList<>(reply.heads());
        heads.set(heads.size() - 1, head(reply, whole, ranged));
        return new Reply(heads, reply.url(), whole.length(), reply.body());
    }
}
