package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.SecretFields;
import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Redirects;
import java.util.ArrayList;
import java.util.Optional;

/** The rules for following a redirect (RFC 9110 §15.4), without any I/O. */
final class Redirection {
    private final Redirects rules;

    Redirection(Redirects rules) {
        this.rules = rules;
    }

    /** Where the response leads, when it is a redirect that is to be followed. */
    Optional<Url> target(Head head, Url from) throws FaultException {
        boolean redirect = switch (head.status()) {
            case 300, 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        Optional<String> location = head.headers().first("Location");
        if (!rules.follow() || !redirect || location.isEmpty() || location.get().isBlank()) {
            return Optional.empty();
        }
        Url to = from.resolve(location.get());
        if (!rules.schemes().contains(to.scheme())) {
            throw refused(from, "the redirect to " + to + " is not among the allowed schemes", "see --proto-redir");
        }
        if (from.isSecure() && !to.isSecure() && !rules.downgrade()) {
            throw refused(from, "the redirect to " + to + " would leave TLS", "--proto-redir =http,https allows it");
        }
        return Optional.of(to);
    }

    /** Stops a chain that is longer than allowed. */
    void count(int followed, Url url) throws FaultException {
        if (rules.max() >= 0 && followed >= rules.max()) {
            throw new Fault(
                            ExitCode.TOO_MANY_REDIRECTS,
                            url.toString(),
                            "stopped after " + rules.max(),
                            "--max-redirs sets another limit")
                    .exception();
        }
    }

    /** The method after a redirect: 303 asks for a GET, 301 and 302 turn a POST into one, as browsers and curl do. */
    static String method(String method, int status) {
        boolean toGet =
                status == 303 ? !method.equals("HEAD") : method.equals("POST") && (status == 301 || status == 302);
        return toGet ? "GET" : method;
    }

    /** Whether a redirect takes the body away with the method (RFC 9110 §15.4). */
    static boolean dropsBody(String method, int status) {
        return status == 303 || !method(method, status).equals(method);
    }

    /** The fields of a request that has lost its body: without those that told of it. */
    static Headers withoutContent(Headers headers) {
        var kept = new ArrayList<Headers.Field>();
        for (Headers.Field field : headers.fields()) {
            String name = field.name();
            if (!name.regionMatches(true, 0, "Content-", 0, 8)
                    && !name.equalsIgnoreCase("Transfer-Encoding")
                    && !name.equalsIgnoreCase("Expect")) {
                kept.add(field);
            }
        }
        return new Headers(kept);
    }

    /**
     * The fields that may be sent to {@code to}: all at the origin that the user named, elsewhere none that carries a
     * credential and no Host of the user's.
     */
    Headers fieldsFor(Headers headers, Url original, Url to) {
        if (rules.trusted() || to.sameOrigin(original)) {
            return headers;
        }
        var kept = new ArrayList<Headers.Field>();
        for (Headers.Field field : headers.fields()) {
            if (!SecretFields.carries(field.name()) && !field.name().equalsIgnoreCase("Host")) {
                kept.add(field);
            }
        }
        return new Headers(kept);
    }

    /** Whether the user's credentials may go to {@code to}. */
    boolean credentialsFor(Url original, Url to) {
        return rules.trusted() || to.sameOrigin(original);
    }

    private static FaultException refused(Url from, String why, String hint) {
        return new Fault(ExitCode.UNSUPPORTED_SCHEME, from.toString(), why, hint).exception();
    }
}
