package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Durations;
import dev.relay.cli.value.HeaderEdits;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Numbers;
import dev.relay.cli.value.Token;
import dev.relay.http.FileName;
import dev.relay.http.Headers;
import dev.relay.http.HopByHop;
import dev.relay.http.Secret;
import dev.relay.outcome.FaultException;
import dev.relay.plan.HeaderPolicy;
import dev.relay.plan.Identity;
import dev.relay.plan.Limits;
import dev.relay.plan.Plan;
import dev.relay.plan.Service;
import dev.relay.plan.Telling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where something is served, to whom, and how it looks there. */
public final class ServeOptions {
    static final Option PORT = Option.value(
                    "PORT", "The port to listen at, 0 for any that is free. Default: 0.", "--port")
            .often();
    static final Option BIND = Option.value(
                    "ADDRESS",
                    "The address, or name, of this machine to listen at; 0.0.0.0 and :: are all its addresses. Default:"
                            + " 127.0.0.1, which no other machine can reach.",
                    "--bind")
            .often();
    static final Option PATH = Option.value(
            "PATH",
            "The path to serve it under, beginning with a slash. Default: /TOKEN/NAME, with listen /TOKEN.",
            "--path");
    static final Option NO_TOKEN =
            Option.flag("Serve it under /NAME, or listen under /, which can be guessed.", "--no-token");
    static final Option WAIT = Option.value(
                    "TIME",
                    "End when nobody is being served for so long: with exit code 103 when nobody came, with 104 when"
                            + " somebody came and did not get everything, or with the code of the failure when that was"
                            + " not the client's doing. Default: no limit.",
                    "--wait")
            .often();
    static final Option TLS = Option.flag(
            "Serve over TLS, with a key and certificate made for this run, whose SHA-256 fingerprint is shown.",
            "--tls");
    static final Option TLS_CERT = Option.value(
                    "FILE",
                    "Serve over TLS with this certificate: PEM, with those that lead to an authority behind it, or"
                            + " PKCS #12.",
                    "--tls-cert")
            .completing(Completion.FILE);
    static final Option TLS_KEY = Option.value(
                    "FILE",
                    "The private key of the certificate, not encrypted. Default: it is in the file of --tls-cert.",
                    "--tls-key")
            .completing(Completion.FILE);
    static final Option AUTH = Option.value(
            "USER:PASSWORD",
            "Serve it only to who gives these (Basic, RFC 7617). Without --tls they cross the network in clear.",
            "--auth");

    static final Option COUNT = Option.value(
                    "N", "Hand it over so many times, to one client after the other. Default: 1.", "--count")
            .often();
    static final Option NAME = Option.value(
            "FILE", "The name to save it under. Default: that of the file, or what the upstream says.", "--name");
    static final Option INLINE = Option.flag("Have the browser show it. Default: have it saved.", "--inline")
            .often();
    static final Option QR = Option.flag("Show the URL as a QR code, for the camera of a phone.", "--qr")
            .often();
    static final Option OPEN = Option.flag("Open the URL in the browser here.", "--open");
    static final Option HEADER_POLICY = Option.value(
                    "POLICY",
                    "Which header fields cross between client and upstream: safe, all but those that would mean something"
                            + " else at another origin (cookies, HSTS, Alt-Svc, Clear-Site-Data, CORS, ...) and, of"
                            + " requests, only conditions, ranges and what is accepted; all; or none but those that are"
                            + " about the bytes. Fields of one connection never do. Default: safe.",
                    "--header-policy")
            .completing(Completion.choice("safe", "all", "none"));
    static final Option PASS_HEADER = Option.value(
            "NAME",
            "Let this header field cross whatever the policy says, in both directions. Repeatable.",
            "--pass-header");
    static final Option DROP_HEADER =
            Option.value("NAME", "Let this header field cross in neither direction. Repeatable.", "--drop-header");
    static final Option ADD_HEADER = Option.value(
            "HEADER",
            "Give the client this header field, 'Name: value', instead of what it would get. Repeatable.",
            "--add-header");
    static final Option NO_PROBE = Option.flag(
            "Do not ask the upstream before somebody comes. Without the option a HEAD, or where that is refused a GET,"
                    + " finds out its name and its failures.",
            "--no-probe");

    static final Option DUPLEX = Option.flag(
            "Put clients through to the URL: what a client sends, with its own method, goes upstream while the answer"
                    + " comes back, each piece at once. A shot is spent by one exchange that was whole and not refused.",
            "--duplex");

    public static final OptionGroup LISTENER = new OptionGroup(
            "Serving", "Listener", List.of(PORT, BIND, PATH, NO_TOKEN, WAIT, TLS, TLS_CERT, TLS_KEY, AUTH));
    public static final OptionGroup GROUP = new OptionGroup(
            "Serving",
            "What the client gets",
            List.of(
                    COUNT,
                    NAME,
                    INLINE,
                    QR,
                    OPEN,
                    DUPLEX,
                    HEADER_POLICY,
                    PASS_HEADER,
                    DROP_HEADER,
                    ADD_HEADER,
                    NO_PROBE));

    /** What shapes the body or the answer for one reader, where here each client says what it wants. */
    private static final Option[] OF_ONE_READER = {RequestOptions.RANGE, RequestOptions.EVENTS};
    /** What sends, repeats or continues a request, or looks at an answer as a whole: an exchange that is live has none. */
    private static final List<OptionGroup> NEVER_LIVE =
            List.of(BodyOptions.GROUP, RedirectOptions.GROUP, RecoveryOptions.GROUP, VerificationOptions.GROUP);
    /** What such an exchange can be told of its request. */
    private static final Set<Option> LIVE =
            Set.of(RequestOptions.HEADER, RequestOptions.USER_AGENT, RequestOptions.REFERER, RequestOptions.URL_QUERY);

    /** What is of use without an upstream. */
    private static final Set<Option> LOCAL = Set.of(LimitOptions.MAX_TIME, LimitOptions.LIMIT_RATE);
    /** What is of no use without one. */
    private static final Option[] OF_AN_UPSTREAM = {DUPLEX, HEADER_POLICY, PASS_HEADER, DROP_HEADER, NO_PROBE};
    /** What the framing is made of. */
    private static final Set<String> FRAMING = Set.of("content-length", "content-range");

    private ServeOptions() {}

    /** What the options make of an upstream. */
    public static Service.Source upstream(Typed typed, Plan plan) throws FaultException {
        if (!typed.has(DUPLEX)) {
            return new Service.Upstream(plan, !typed.has(NO_PROBE));
        }
        var useless = new ArrayList<Option>();
        for (OptionGroup group : NEVER_LIVE) {
            useless.addAll(group.options());
        }
        useless.addAll(RequestOptions.GROUP.options());
        for (Option option : useless) {
            if (typed.has(option) && !LIVE.contains(option)) {
                throw Misuse.of(option, "is of no use with --duplex, where requests come from clients, and once");
            }
        }
        DuplexOptions.check(plan.request());
        return new Service.Duplex(plan);
    }

    /** Reads all but the source. */
    public static Service read(Typed typed, LocalInput input, Service.Source source, Limits limits, Telling telling)
            throws FaultException {
        if (source instanceof Service.Upstream) {
            for (Option option : OF_ONE_READER) {
                if (typed.has(option)) {
                    throw Misuse.of(option, "is for the client to ask for");
                }
            }
        } else if (!(source instanceof Service.Duplex)) {
            checkLocal(typed);
        }
        String count = typed.last(COUNT);
        return new Service(
                source,
                place(typed, input),
                entrance(typed),
                presented(typed),
                policy(typed),
                count == null ? 1 : Numbers.read(COUNT, count, 1, Integer.MAX_VALUE),
                patience(typed),
                limits,
                telling);
    }

    static @Nullable Duration patience(Typed typed) throws FaultException {
        String wait = typed.last(WAIT);
        return wait == null ? null : Durations.read(WAIT, wait);
    }

    private static void checkLocal(Typed typed) throws FaultException {
        var useless = new ArrayList<>(List.of(OF_AN_UPSTREAM));
        for (OptionGroup group : ExchangeGroups.OF_AN_UPSTREAM) {
            useless.addAll(group.options());
        }
        for (Option option : useless) {
            if (typed.has(option) && !LOCAL.contains(option)) {
                throw Misuse.of(option, "is about an upstream, and there is none");
            }
        }
    }

    static Service.Place place(Typed typed, LocalInput input) throws FaultException {
        String port = typed.last(PORT);
        String bind = typed.last(BIND);
        if (bind != null && bind.isBlank()) {
            throw Misuse.of(BIND, "the address is empty");
        }
        return new Service.Place(
                bind == null ? "127.0.0.1" : bind,
                port == null ? 0 : Numbers.read(PORT, port, 0, 0xFFFF),
                tls(typed, input));
    }

    private static Service.@Nullable Tls tls(Typed typed, LocalInput input) throws FaultException {
        String certificate = typed.last(TLS_CERT);
        String key = typed.last(TLS_KEY);
        if (certificate == null) {
            if (key != null) {
                throw Misuse.of(TLS_KEY, "needs --tls-cert, which names the certificate");
            }
            return typed.has(TLS) ? new Service.Tls(null) : null;
        }
        return new Service.Tls(new Identity(
                input.path(TLS_CERT, certificate), null, key == null ? null : input.path(TLS_KEY, key), null, null));
    }

    static Service.Entrance entrance(Typed typed) throws FaultException {
        String path = typed.last(PATH);
        String auth = typed.last(AUTH);
        if (path != null) {
            if (typed.has(NO_TOKEN)) {
                throw Misuse.exclusive(PATH, NO_TOKEN);
            }
            if (!path.startsWith("/") || path.startsWith("//")) {
                throw Misuse.of(PATH, Misuse.quoted(path) + " does not begin with one slash");
            }
            if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0 || path.contains("/.")) {
                throw Misuse.of(PATH, Misuse.quoted(path) + " is more than a path: no query, fragment or dots");
            }
        }
        if (auth != null && auth.indexOf(':') < 1) {
            throw Misuse.of(AUTH.name(), "there is no colon in it", "USER:PASSWORD");
        }
        return new Service.Entrance(
                path == null ? null : FileName.encodedPath(path),
                !typed.has(NO_TOKEN),
                auth == null ? null : new Secret(auth));
    }

    private static Service.Presented presented(Typed typed) throws FaultException {
        String name = typed.last(NAME);
        String safe = null;
        if (name != null) {
            safe = FileName.safe(name).orElse("");
            if (!safe.equals(name)) {
                throw Misuse.of(NAME, Misuse.quoted(name) + " is no safe file name");
            }
        }
        return new Service.Presented(safe, typed.has(INLINE), typed.has(QR), typed.has(OPEN));
    }

    private static HeaderPolicy policy(Typed typed) throws FaultException {
        String text = typed.last(HEADER_POLICY);
        HeaderPolicy.Kind kind = switch (text == null ? "safe" : text) {
            case "safe" -> HeaderPolicy.Kind.SAFE;
            case "all" -> HeaderPolicy.Kind.ALL;
            case "none" -> HeaderPolicy.Kind.NONE;
            default ->
                throw Misuse.of(HEADER_POLICY, Misuse.quoted(String.valueOf(text)) + " is not safe, all or none");
        };
        var edits = new HeaderEdits();
        for (String header : typed.all(ADD_HEADER)) {
            edits.edit(ADD_HEADER, header);
        }
        Headers added = edits.headers();
        if (HopByHop.without(added).fields().size() != added.fields().size()
                || added.fields().stream().anyMatch(field -> isFraming(field.name()))) {
            throw Misuse.of(ADD_HEADER, "a field that frames the response is not for you to say");
        }
        return new HeaderPolicy(kind, names(typed, PASS_HEADER), names(typed, DROP_HEADER), added);
    }

    private static boolean isFraming(String name) {
        return FRAMING.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Set<String> names(Typed typed, Option option) throws FaultException {
        var names = new HashSet<String>();
        for (String name : typed.all(option)) {
            if (!Token.isToken(name)) {
                throw Misuse.of(option, Misuse.quoted(name) + " is not a header name");
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
