package dev.relay.sink;

import dev.relay.http.ContentRange;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Validator;
import dev.relay.io.Reply;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What relay must know of a part to continue it, kept beside it as {@code FILE.part.meta}: text in UTF-8, a line each,
 * {@code key: value}. The first line is {@code relay-part: 1}, the version of the format; keys that a reader does not
 * know are skipped. Keys: {@code inode} of the part (a part with another one is not relay's), {@code url} without
 * credentials, {@code status}, and as the response had them {@code etag}, {@code last-modified}, {@code date},
 * {@code content-encoding}, {@code content-length}, {@code content-range}.
 */
record PartMeta(Headers fields) {
    private static final String VERSION_LINE = "relay-part: 1\n";
    private static final String[] KEPT = {
        "etag", "last-modified", "date", "content-encoding", "content-length", "content-range"
    };

    /** For a part that begins with that response. */
    static PartMeta of(Reply reply, long inode) {
        Head head = reply.head();
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field("inode", Long.toString(inode)));
        fields.add(new Headers.Field("url", reply.url().toString()));
        fields.add(new Headers.Field("status", Integer.toString(head.status())));
        for (String name : KEPT) {
            head.headers().first(name).ifPresent(value -> fields.add(new Headers.Field(name, onOneLine(value))));
        }
        return new PartMeta(new Headers(fields));
    }

    private static String onOneLine(String value) {
        return value.replace('\n', ' ').replace('\r', ' ');
    }

    /** Reads the text of such a file; empty when it is none. */
    static Optional<PartMeta> parse(String text) {
        if (!text.startsWith(VERSION_LINE)) {
            return Optional.empty();
        }
        var fields = new ArrayList<Headers.Field>();
        for (int from = VERSION_LINE.length(); from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end;
            int colon = text.indexOf(": ", from);
            if (colon > from && colon < next) {
                fields.add(new Headers.Field(text.substring(from, colon), text.substring(colon + 2, next)));
            }
            from = next + 1;
        }
        return Optional.of(new PartMeta(new Headers(fields)));
    }

    String text() {
        var text = new StringBuilder(VERSION_LINE);
        for (Headers.Field field : fields.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append('\n');
        }
        return text.toString();
    }

    boolean belongsTo(long inode) {
        return fields.first("inode").equals(Optional.of(Long.toString(inode)));
    }

    /** Whether more bytes of the same entity can be asked for after those that are there, and put behind them. */
    boolean isContinuable() {
        String status = fields.first("status").orElse("");
        boolean fromTheStart = status.equals("200") || (status.equals("206") && startsAtZero());
        boolean asItIs = fields.first("content-encoding").orElse("identity").equalsIgnoreCase("identity");
        return fromTheStart && asItIs && Validator.strong(fields).isPresent();
    }

    private boolean startsAtZero() {
        return fields.first("content-range")
                .flatMap(ContentRange::parse)
                .filter(range -> range instanceof ContentRange.Part part && part.first() == 0)
                .isPresent();
    }
}
