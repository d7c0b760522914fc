package dev.relay.plan;

import dev.relay.http.Headers;
import dev.relay.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the server.
 *
 * @param method any token (RFC 9110 §9.1), as it is sent
 * @param headers the fields that are sent beside those that the transport adds; an empty value is sent empty
 * @param credentials how the user is known to the server
 * @param range the ranges of a {@code -r A-B}, without the unit; null for the whole
 * @param compressed whether content codings are asked for and undone ({@code --compressed})
 * @param events whether the answer is a stream of events that is to be kept up ({@code --events})
 * @param parallel the ranges in which the body is fetched; null for one response
 * @param body what is sent with it; null for nothing
 * @param cookies null when none are sent or kept
 */
public record Request(
        String method,
        Url url,
        Headers headers,
        Credentials credentials,
        @Nullable String range,
        Protocol protocol,
        boolean compressed,
        boolean events,
        @Nullable Parallel parallel,
        @Nullable Body body,
        @Nullable Cookies cookies) {

    /** Which HTTP versions may be spoken. */
    public enum Protocol {
        /** HTTP/2 over TLS when the server can, HTTP/1.1 in clear. */
        AUTO,
        /** HTTP/1.1 alone. */
        HTTP_1_1,
        /** HTTP/2 wherever the server can, in clear too by an Upgrade (RFC 7540 §3.2). */
        HTTP_2,
        /** HTTP/2 alone, in clear without asking first (RFC 9113 §3.3). */
        HTTP_2_PRIOR_KNOWLEDGE
    }

    /** The same resource, asked for in another way. */
    public Request asking(String otherMethod, Headers otherHeaders, @Nullable String otherRange) {
        return new Request(
                otherMethod,
                url,
                otherHeaders,
                credentials,
                otherRange,
                protocol,
                compressed,
                events,
                otherRange == null && otherMethod.equals("GET") ? parallel : null,
                otherMethod.equals(method) ? body : null,
                cookies);
    }

    /** A HEAD asks for a head: no body follows it. */
    public boolean isHead() {
        return method.equals("HEAD");
    }
}
