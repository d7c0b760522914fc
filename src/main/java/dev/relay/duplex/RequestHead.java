package dev.relay.duplex;

import dev.relay.http.Headers;

/** The head of a request as HTTP/1.1 writes it (RFC 9112 §3). */
public final class RequestHead {
    private RequestHead() {}

    public static String text(Call call, Headers fields) {
        return text(call.method(), call.url().target(), fields);
    }

    /** @param target what is asked for, in the form in which whoever is asked wants it (RFC 9112 §3.2) */
    static String text(String method, String target, Headers fields) {
        var text = new StringBuilder(512);
        text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        for (Headers.Field field : fields.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.append("\r\n").toString();
    }
}
