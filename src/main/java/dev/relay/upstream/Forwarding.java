package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.plan.Proxy;

/**
 * How requests are put to a proxy that forwards them (RFC 9112 §3.2.2).
 *
 * @param login what is said to the proxy
 * @param headers further fields for it
 */
public record Forwarding(Proxy proxy, ProxyLogin login, Headers headers) {

    /** The target as the request line has it: the whole URL. */
    public String target(Url url) {
        return url.scheme() + "://" + WireRequest.host(url) + url.target();
    }

    /** The fields of a request, with those for the proxy. */
    public Headers fields(String method, Url url, Headers fields) {
        Headers all = fields;
        for (Headers.Field field : headers.fields()) {
            if (!field.name().equalsIgnoreCase("User-Agent")) {
                all = all.with(field.name(), field.value());
            }
        }
        return login.identified(all, method, target(url));
    }

    /** Whether the proxy's refusal can be answered: then the same request is to be sent again. */
    boolean answers(Head head) {
        return login.answers(head);
    }
}
