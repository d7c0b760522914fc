package dev.relay.upstream;

import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.io.body.RequestBody;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.plan.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request and the way it goes.
 *
 * @param body null for none
 * @param address where the connection leads
 * @param port the port there, which need not be the URL's
 */
record Sending(
        String method,
        Url url,
        Headers headers,
        @Nullable RequestBody body,
        InetAddress address,
        int port,
        Request.Protocol protocol) {

    /**
     * The request as the client takes it.
     *
     * @param flow what brings the body; null without one
     */
    HttpRequest request(HttpRequest.@Nullable BodyPublisher flow) throws IOException {
        URI uri = uri();
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).version(version());
        if (flow != null) {
            builder.method(method, flow);
        } else {
            switch (method) {
                case "GET" -> builder.GET();
                case "HEAD" -> builder.HEAD();
                case "DELETE" -> builder.DELETE();
                default -> builder.method(method, HttpRequest.BodyPublishers.noBody());
            }
        }
        String authority = url.authority();
        if (!authority.equals(uri.getAuthority()) && !headers.contains("Host")) {
            builder.setHeader("Host", WireRequest.host(url));
        }
        for (Headers.Field field : headers.fields()) {
            try {
                builder.header(field.name(), field.value());
            } catch (IllegalArgumentException e) {
                // Without the cause, too: its message may be the value, which may be a secret.
                throw Fault.of(
                                ExitCode.USAGE,
                                field.name(),
                                "the transport does not send this header field, or this value")
                        .exception();
            }
        }
        return builder.build();
    }

    /** The fields, with what the client adds to tell of the body. */
    Headers shown() {
        return body == null || body.length() < 0
                ? headers
                : headers.with("Content-Length", Long.toString(body.length()));
    }

    /** The URI that leads to the connection: the client knows no other way to say a port, nor an unusual name. */
    private URI uri() throws IOException {
        Url connected = url.withPort(port);
        // The dot of an absolute name is for the name service, not for TLS (RFC 6066 §3).
        URI uri = connected.withoutFinalDot().uri();
        if (uri.getHost() != null) {
            return uri;
        }
        if (url.isSecure()) {
            throw Fault.of(
                            ExitCode.MALFORMED_URL,
                            url.toString(),
                            "the transport takes no such name for TLS: " + url.bareHost())
                    .exception();
        }
        String digits = address.getHostAddress();
        String host = digits.indexOf(':') < 0 ? digits : "[" + digits + "]";
        return new Url(url.scheme(), host, port, url.target(), null).uri();
    }

    /** HTTP/2 takes the authority from the URL alone: with a Host of its own a request goes over HTTP/1.1. */
    private HttpClient.Version version() {
        boolean ownAuthority =
                port != url.port() || headers.contains("Host") || url.host().endsWith(".");
        boolean two = protocol == Request.Protocol.HTTP_2 || (protocol == Request.Protocol.AUTO && url.isSecure());
        return two && !ownAuthority ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    /** The version that will be spoken, when that is certain before the server has had its say; else an empty text. */
    String versionForCertain() {
        return version() == HttpClient.Version.HTTP_1_1 || !url.isSecure() ? "HTTP/1.1" : "";
    }
}
