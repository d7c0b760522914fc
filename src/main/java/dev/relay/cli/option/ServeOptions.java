package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.HeaderEdits;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Numbers;
import dev.relay.cli.value.Token;
import dev.relay.http.FileName;
import dev.relay.http.Headers;
import dev.relay.http.HopByHop;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.HeaderPolicy;
import dev.relay.plan.Limits;
import dev.relay.plan.Plan;
import dev.relay.plan.Service;
import dev.relay.plan.Telling;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where something is served, to whom, and how it looks there. */
public final class ServeOptions {
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
                    DuplexOptions.PRIOR_KNOWLEDGE,
                    HEADER_POLICY,
                    PASS_HEADER,
                    DROP_HEADER,
                    ADD_HEADER,
                    NO_PROBE));

    /** What the framing is made of. */
    private static final Set<String> FRAMING = Set.of("content-length", "content-range");

    private ServeOptions() {}

    /** The upstream that the options make of a plan. */
    public static Service.Source upstream(Typed typed, Plan plan) throws FaultException {
        if (!typed.has(DUPLEX)) {
            return new Service.Upstream(plan, !typed.has(NO_PROBE));
        }
        DuplexOptions.check(typed, plan.request());
        return new Service.Duplex(plan);
    }

    /** Reads all but the source; a password is asked for when all else is known to be right. */
    public static Service read(Typed typed, Surroundings surroundings, LocalInput input, Serving serving)
            throws FaultException {
        String count = typed.last(COUNT);
        int times = count == null ? 1 : Numbers.read(COUNT, count, 1, Integer.MAX_VALUE);
        Service.Place place = ListenerOptions.place(typed, input);
        Service.Presented presented = presented(typed);
        HeaderPolicy policy = policy(typed);
        Duration patience = ListenerOptions.patience(typed);
        return new Service(
                serving.source(),
                place,
                ListenerOptions.entrance(typed, surroundings, input),
                presented,
                policy,
                times,
                patience,
                serving.limits(),
                serving.telling(),
                typed.files());
    }

    /** What is served, and what was read along with it. */
    public record Serving(Service.Source source, Limits limits, Telling telling) {}

    private static Service.Presented presented(Typed typed) throws FaultException {
        String name = typed.last(NAME);
        String safe = null;
        if (name != null) {
            safe = FileName.safe(name).orElse("");
            if (name.isEmpty() || !safe.equals(name)) {
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
