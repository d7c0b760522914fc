package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Heads as HTTP/2 has them (RFC 9113 §8). */
final class Http2Fields {
    private Http2Fields() {}

    /** The fields of a request, its pseudo fields first. */
    static List<Field> of(Call call) {
        var fields = new ArrayList<Field>();
        fields.add(new Field(":method", call.method()));
        fields.add(new Field(":scheme", call.url().scheme()));
        fields.add(new Field(":authority", call.authority()));
        fields.add(new Field(":path", call.url().target()));
        for (Field field : call.headers().fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!name.equals("host") && !isOfConnection(name)) {
                fields.add(new Field(name, field.value()));
            }
        }
        return fields;
    }

    /** The head of a response; malformed ones are errors (RFC 9113 §8.1.1). */
    static Head head(List<Field> received) throws ProtocolException {
        int status = -1;
        var fields = new ArrayList<Field>(received.size());
        for (Field field : received) {
            if (field.name().startsWith(":")) {
                if (!field.name().equals(":status") || status >= 0 || !fields.isEmpty()) {
                    throw new ProtocolException("a pseudo field that has no place there");
                }
                status = status(field.value());
            } else {
                check(field);
                fields.add(field);
            }
        }
        if (status < 0) {
            throw new ProtocolException("a head without a status");
        }
        return new Head("HTTP/2", status, new Headers(fields));
    }

    /** The fields behind a body. */
    static void checkTrailers(List<Field> received) throws ProtocolException {
        for (Field field : received) {
            if (field.name().startsWith(":")) {
                throw new ProtocolException("a pseudo field behind the body");
            }
            check(field);
        }
    }

    private static int status(String value) throws ProtocolException {
        if (value.length() != 3 || !value.chars().allMatch(c -> c >= '0' && c <= '9') || value.charAt(0) == '0') {
            throw new ProtocolException("its status is no number from 100 to 999");
        }
        return Integer.parseInt(value);
    }

    private static void check(Field field) throws ProtocolException {
        String name = field.name();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ':' || (c >= 'A' && c <= 'Z')) {
                throw new ProtocolException("a header field whose name is none");
            }
        }
        if (name.isEmpty() || isOfConnection(name)) {
            throw new ProtocolException("a header field that has no place in HTTP/2");
        }
        String value = field.value();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new ProtocolException("a control character in a head");
            }
        }
    }

    /** RFC 9113 §8.2.2. */
    private static boolean isOfConnection(String name) {
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> true;
            default -> false;
        };
    }
}
