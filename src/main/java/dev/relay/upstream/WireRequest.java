package dev.relay.upstream;

import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.io.body.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP/1.1 (RFC 9112).
 *
 * @param headers the fields beside Host and those that tell the end of the body
 * @param body null for none
 */
record WireRequest(
        String method, Url url, Headers headers, @Nullable RequestBody body) {
    /** A body of more bytes than that is worth a question: as much as curl sends without one. */
    private static final long WORTH_ASKING = 1 << 20;

    private static final String EXPECT = "Expect";

    /** Whether the server is asked first if it wants the body (RFC 9110 §10.1.1). */
    boolean expects() {
        if (body == null) {
            return false;
        }
        if (headers.contains(EXPECT)) {
            return headers.first(EXPECT).orElse("").equalsIgnoreCase("100-continue");
        }
        return body.mayExpect() && isLarge(body);
    }

    /** Whether a server may not want so much, or so little known. */
    static boolean isLarge(RequestBody body) {
        return body.length() < 0 || body.length() > WORTH_ASKING;
    }

    /** The fields as they are sent. */
    Headers fields(boolean expecting) {
        Headers fields = headers.contains("Host") ? headers : first("Host", host(url), headers);
        if (body != null) {
            fields = body.length() < 0
                    ? fields.with("Transfer-Encoding", "chunked")
                    : fields.with("Content-Length", Long.toString(body.length()));
        } else if (isAboutContent()) {
            fields = fields.with("Content-Length", "0");
        }
        return expecting ? fields.with(EXPECT, "100-continue") : expects() ? fields.without(EXPECT) : fields;
    }

    /** Whether the method is one that a server expects content with (RFC 9110 §8.6). */
    private boolean isAboutContent() {
        return switch (method) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    private static Headers first(String name, String value, Headers others) {
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field(name, value));
        fields.addAll(others.fields());
        return new Headers(fields);
    }

    /** The Host of a URL; the zone of an address is not for the server (RFC 6874 §1). */
    static String host(Url url) {
        String authority = url.authority();
        int zone = authority.indexOf('%');
        int end = authority.indexOf(']');
        return zone < 0 ? authority : authority.substring(0, zone) + authority.substring(end);
    }

    /**
     * The head, byte for byte.
     *
     * @param target as the request line has it
     */
    byte[] head(String target, Headers fields) {
        var head = new StringBuilder(256);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        for (Headers.Field field : fields.fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
