package dev.relay.duplex;

import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.plan.Limits;
import dev.relay.wire.Line;

/**
 * What is asked for.
 *
 * @param headers the end-to-end fields, User-Agent and credentials included
 */
public record Call(String method, Url url, Headers headers, Limits limits) {

    /** What a Host field says (RFC 9110 §7.2); the zone of an address is not for the server (RFC 6874 §1). */
    public String authority() {
        if (headers.contains("Host")) {
            return headers.first("Host").orElse("");
        }
        String authority = url.authority();
        int zone = authority.indexOf('%');
        return zone < 0 ? authority : authority.substring(0, zone) + authority.substring(authority.indexOf(']'));
    }

    /** Until when the head of the answer must be there. Without a limit of the user's there is none: it may follow the body. */
    long headDeadline() {
        if (limits.firstByte() != null) {
            return System.nanoTime() + limits.firstByte().toNanos();
        }
        return limits.idleForEvents() && limits.idle() != null
                ? System.nanoTime() + limits.idle().toNanos()
                : Line.FOR_EVER;
    }
}
