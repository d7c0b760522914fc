package dev.relay.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A representation with its validators, and how its server treats a request for a range of it.
 *
 * @param etag as the header has it, quotes and all
 */
public record Entity(
        Content content, @Nullable String etag, @Nullable String lastModified, Ranges ranges) {

    /** What a server makes of a {@code Range: bytes=A-B}. */
    public enum Ranges {
        /** As RFC 9110 §14 has it, If-Range included. */
        HONOURED,
        /** Honoured even when If-Range names another representation. */
        HONOURED_BLINDLY,
        /** 200 with the whole. */
        IGNORED,
        /** 206 that starts a byte too late, and says so. */
        WRONG_START,
        /** 206 that claims another complete length. */
        WRONG_TOTAL,
        /** 206 of a representation that calls itself another. */
        OTHER_ETAG,
        /** 206 with multipart/byteranges. */
        MULTIPART,
        /** 206 with a Content-Range that is none. */
        GARBLED,
        /** 206 without a Content-Range. */
        UNTOLD,
        /** 206 with half of what was asked for, truthfully. */
        SHORT,
        /** 416. */
        REFUSED
    }

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    public static Entity of(String text) {
        return of(Content.of(text));
    }

    public static Entity of(Content content) {
        return new Entity(content, null, null, Ranges.HONOURED);
    }

    public Entity withEtag(String value) {
        return new Entity(content, value, lastModified, ranges);
    }

    public Entity withLastModified(String value) {
        return new Entity(content, etag, value, ranges);
    }

    public Entity withRanges(Ranges treatment) {
        return new Entity(content, etag, lastModified, treatment);
    }

    public Entity withContent(Content changed) {
        return new Entity(changed, etag, lastModified, ranges);
    }

    /** The answer to that request. */
    public Answer answer(RecordedRequest request) {
        String range = request.header("Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (!asked.matches() || ranges == Ranges.IGNORED || !stillMeant(request.header("If-Range"))) {
            return whole();
        }
        long length = content.length();
        boolean suffix = asked.group(1).isEmpty();
        long first =
                suffix ? length - Math.min(length, Long.parseLong(asked.group(2))) : Long.parseLong(asked.group(1));
        long last =
                suffix || asked.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(asked.group(2)));
        return first > last || ranges == Ranges.REFUSED ? refusal() : part(first, last);
    }

    private boolean stillMeant(@Nullable String ifRange) {
        return ifRange == null
                || ranges != Ranges.HONOURED
                || (ifRange.equals(etag) && !ifRange.startsWith("W/"))
                || ifRange.equals(lastModified);
    }

    /** 200 with all of it. */
    public Answer whole() {
        return named(Answer.ok("").body(content), etag).line("Accept-Ranges: bytes");
    }

    private Answer refusal() {
        return Answer.status(416).line("Content-Range: bytes */" + content.length());
    }

    private Answer part(long first, long last) {
        return switch (ranges) {
            case HONOURED, HONOURED_BLINDLY, IGNORED, REFUSED -> partial(first, last, content.length(), etag);
            case WRONG_START -> partial(Math.min(first + 1, last), last, content.length(), etag);
            case WRONG_TOTAL -> partial(first, last, content.length() + 1, etag);
            case OTHER_ETAG -> partial(first, last, content.length(), "\"another\"");
            case SHORT -> partial(first, first + (last - first) / 2, content.length(), etag);
            case GARBLED -> unlabelled(first, last).line("Content-Range: bytes from here");
            case UNTOLD -> unlabelled(first, last);
            case MULTIPART -> multipart(first, last);
        };
    }

    private Answer partial(long first, long last, long total, @Nullable String tag) {
        var answer = Answer.status(206).body(content.slice(first, last + 1));
        return named(answer, tag).line("Content-Range: bytes " + first + "-" + last + "/" + total);
    }

    private Answer unlabelled(long first, long last) {
        return named(Answer.status(206).body(content.slice(first, last + 1)), etag);
    }

    private Answer multipart(long first, long last) {
        byte[] before = ("--x\r\nContent-Range: bytes " + first + "-" + last + "/" + content.length() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] after = "\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] middle = content.slice(first, last + 1).bytes();
        byte[] all = ByteBuffer.allocate(before.length + middle.length + after.length)
                .put(before)
                .put(middle)
                .put(after)
                .array();
        return named(Answer.status(206).body(Content.of(all)), etag)
                .line("Content-Type: multipart/byteranges; boundary=x");
    }

    private Answer named(Answer answer, @Nullable String tag) {
        var tagged = tag == null ? answer : answer.line("ETag: " + tag);
        return lastModified == null
                ? tagged
                : tagged.line("Date: Wed, 01 Jan 2025 12:00:00 GMT").line("Last-Modified: " + lastModified);
    }
}
