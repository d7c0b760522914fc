package dev.relay.duplex.hpack;

import dev.relay.http.Headers.Field;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** The fields that an index stands for: the table that everybody knows, and behind it the latest that were sent. */
final class FieldTable {
    /** RFC 7541, appendix A: a name, or a name and a value. */
    private static final List<Field> KNOWN = known(
            ":authority",
            ":method=GET",
            ":method=POST",
            ":path=/",
            ":path=/index.html",
            ":scheme=http",
            ":scheme=https",
            ":status=200",
            ":status=204",
            ":status=206",
            ":status=304",
            ":status=400",
            ":status=404",
            ":status=500",
            "accept-charset",
            "accept-encoding=gzip, deflate",
            "accept-language",
            "accept-ranges",
            "accept",
            "access-control-allow-origin",
            "age",
            "allow",
            "authorization",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "etag",
            "expect",
            "expires",
            "from",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "last-modified",
            "link",
            "location",
            "max-forwards",
            "proxy-authenticate",
            "proxy-authorization",
            "range",
            "referer",
            "refresh",
            "retry-after",
            "server",
            "set-cookie",
            "strict-transport-security",
            "transfer-encoding",
            "user-agent",
            "vary",
            "via",
            "www-authenticate");

    /** What a field counts beside its characters (RFC 7541 §4.1). */
    private static final int OVERHEAD = 32;

    private final int most;
    /** The oldest first. */
    private final List<Field> latest = new ArrayList<>();

    private int limit;
    private int size;

    /** @param most how large the other side may make it, in bytes as RFC 7541 §4.1 counts them */
    FieldTable(int most) {
        this.most = most;
        this.limit = most;
    }

    private static List<Field> known(String... texts) {
        var fields = new ArrayList<Field>(texts.length);
        for (String text : texts) {
            int equals = text.indexOf('=');
            fields.add(
                    equals < 0
                            ? new Field(text, "")
                            : new Field(text.substring(0, equals), text.substring(equals + 1)));
        }
        return List.copyOf(fields);
    }

    /** The index, from 1, of a field that everybody knows; of one with that name, negative, when none has that value; 0 for none. */
    static int indexOf(String name, String value) {
        int named = 0;
        for (int i = 0; i < KNOWN.size(); i++) {
            Field field = KNOWN.get(i);
            if (field.name().equals(name)) {
                if (!value.isEmpty() && field.value().equals(value)) {
                    return i + 1;
                }
                named = named == 0 ? -(i + 1) : named;
            }
        }
        return named;
    }

    /** The field that an index stands for, from 1. */
    Field at(int index) throws ProtocolException {
        if (index >= 1 && index <= KNOWN.size()) {
            return KNOWN.get(index - 1);
        }
        int back = index - KNOWN.size();
        if (index < 1 || back > latest.size()) {
            throw new ProtocolException("an index that stands for no field");
        }
        return latest.get(latest.size() - back);
    }

    void add(Field field) {
        latest.add(field);
        size += sizeOf(field);
        evict();
    }

    void resize(int to) throws ProtocolException {
        if (to > most) {
            throw new ProtocolException("a field table that is larger than allowed");
        }
        limit = to;
        evict();
    }

    private void evict() {
        int gone = 0;
        while (size > limit) {
            size -= sizeOf(latest.get(gone++));
        }
        latest.subList(0, gone).clear();
    }

    static int sizeOf(Field field) {
        return field.name().length() + field.value().length() + OVERHEAD;
    }
}
