package dev.relay.sink;

import dev.relay.http.ContentRange;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.http.Validator;
import dev.relay.io.Reply;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What relay must know of a part to continue it, kept beside it as {@code FILE.part.meta}: text in UTF-8, a line each,
 * {@code key: value}. The first line is {@code relay-part: 1}, the version of the format; keys that a reader does not
 * know are skipped, and so is a last line without its end. Keys: {@code inode} of the part (a part with another one is
 * not relay's), {@code url} without credentials, {@code redirects} that led there, {@code status}, and as the response
 * had them {@code etag}, {@code last-modified}, {@code date}, {@code content-encoding}, {@code content-length},
 * {@code content-range}. Two keys come again while the part grows, and the last one counts: {@code boot}, the run of the
 * machine in which all bytes after the synced ones were written, and {@code synced}, how many bytes are on the disk.
 * Lines are only ever added, so that a torn write costs nothing but itself.
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
        if (reply.heads().size() > 1) {
            fields.add(new Headers.Field(
                    "redirects", Integer.toString(reply.heads().size() - 1)));
        }
        fields.add(new Headers.Field("status", Integer.toString(head.status())));
        for (String name : KEPT) {
            for (String value : head.headers().all(name)) {
                fields.add(new Headers.Field(name, onOneLine(value)));
            }
        }
        fields.add(new Headers.Field("boot", Boot.id()));
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
        int from = VERSION_LINE.length();
        for (int end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
            int colon = text.indexOf(": ", from);
            if (colon > from && colon < end) {
                fields.add(new Headers.Field(text.substring(from, colon), text.substring(colon + 2, end)));
            }
            from = end + 1;
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

    /** The line that says that so many bytes are on the disk. */
    static String synced(long length) {
        return "synced: " + length + "\n";
    }

    /** The line that says that from now on bytes are written in this run of the machine. */
    static String bootedNow() {
        return "boot: " + Boot.id() + "\n";
    }

    /** The line that says that it is not known what became of the bytes that are not synced. */
    static String unsettled() {
        return "boot: \n";
    }

    boolean belongsTo(long inode) {
        return fields.first("inode").equals(Optional.of(Long.toString(inode)));
    }

    /** Where it came from, without credentials. */
    String url() {
        return fields.first("url").orElse("");
    }

    /**
     * Whether what is asked for there may be what it is a part of. Tags are unique for one resource alone (RFC 9110
     * §8.8.3), and servers make them of a time and a size, which two files may share. Hosts and queries change for one
     * resource, with mirrors and signatures; paths do not. What was asked for before a redirect is not known.
     */
    boolean isFor(Url asked) {
        if (fields.contains("redirects")) {
            return true;
        }
        try {
            return Url.parse(url()).path().equals(asked.path());
        } catch (FaultException e) {
            // Nothing that relay has written.
            return false;
        }
    }

    /** How many bytes are on the disk for certain. */
    long synced() {
        return number(last("synced"));
    }

    /** Whether no byte was written before the machine started, but those that are on the disk. */
    boolean isOfThisBoot() {
        String boot = last("boot");
        return !boot.isEmpty() && boot.equals(Boot.id());
    }

    /** The length of the whole, as the response promised it; -1 when it did not. */
    long total() {
        if (status().equals("206")) {
            ContentRange range =
                    fields.first("content-range").flatMap(ContentRange::parse).orElse(null);
            return range instanceof ContentRange.Part part ? part.total().orElse(-1) : -1;
        }
        return fields.first("content-length").isEmpty()
                ? -1
                : number(fields.first("content-length").get());
    }

    Optional<Validator> validator() {
        return Validator.strong(fields);
    }

    private String status() {
        return fields.first("status").orElse("");
    }

    private String last(String name) {
        List<String> all = fields.all(name);
        return all.isEmpty() ? "" : all.getLast();
    }

    private static long number(String digits) {
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            // Nothing that relay has written.
            return 0;
        }
    }

    /** Whether more bytes of the same entity can be asked for after those that are there, and put behind them. */
    boolean isContinuable() {
        boolean fromTheStart = status().equals("200") || (status().equals("206") && startsAtZero());
        return fromTheStart && !isEncoded() && validator().isPresent();
    }

    /** Whether the bytes of the response may be others than those of the part. */
    private boolean isEncoded() {
        for (String coding : fields.all("content-encoding")) {
            if (!coding.equalsIgnoreCase("identity")) {
                return true;
            }
        }
        return false;
    }

    private boolean startsAtZero() {
        return fields.first("content-range")
                .flatMap(ContentRange::parse)
                .filter(range -> range instanceof ContentRange.Part part && part.first() == 0)
                .isPresent();
    }
}
