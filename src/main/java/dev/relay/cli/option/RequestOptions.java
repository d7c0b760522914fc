package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.HeaderEdits;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.QueryParameters;
import dev.relay.cli.value.Token;
import dev.relay.http.Headers;
import dev.relay.http.RangeSpec;
import dev.relay.http.Url;
import dev.relay.io.Surroundings;
import dev.relay.io.coding.Decoding;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Request;
import dev.relay.plan.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the server: method, header fields, query, range. */
public final class RequestOptions {
    static final Option HEADER = Option.value(
                    "HEADER",
                    "Send this header field. 'Name: value' replaces the one that relay would send, 'Name:' removes it, 'Name;'"
                            + " sends it empty, @FILE reads one from each line of FILE (@- from standard input). Repeatable.",
                    "-H",
                    "--header")
            .completing(Completion.AT_FILE)
            .often();
    static final Option USER_AGENT = Option.value(
            "TEXT",
            "Send this User-Agent; '' sends an empty one. Without the option: relay/" + Version.NUMBER + ".",
            "-A",
            "--user-agent");
    static final Option REFERER =
            Option.value("URL", "Send this Referer.", "-e", "--referer").completing(Completion.URL);
    static final Option METHOD = Option.value(
                    "METHOD",
                    "Send this method instead of the command's, as it is typed: any token (RFC 9110 section 9.1) but"
                            + " CONNECT.",
                    "-X",
                    "--request")
            .completing(Completion.choice("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
    static final Option GET = Option.flag(
            "Put what the --data options say into the query of the URL, and send no body. Files are read whole for that,"
                    + " at most 1 MiB each.",
            "-G",
            "--get");
    static final Option URL_QUERY = Option.value(
            "DATA",
            "Add to the query of the URL, encoded: 'name=content', '=content', 'content', 'name@FILE' or '@FILE';"
                    + " '+text' is added as it is. Repeatable; the parts are joined with &.",
            "--url-query");
    static final Option RANGE = Option.value(
                    "RANGE",
                    "Ask for these bytes alone (RFC 9110 section 14): 0-499 the first 500, 500- all but those, -500 the last"
                            + " 500. A server that sends anything else ends the run with exit code 33.",
                    "-r",
                    "--range")
            .often();

    static final Option COMPRESSED = Option.flag(
                    "Ask for the content codings gzip, deflate, br and zstd, and undo them as the body arrives (RFC 9110 section"
                            + " 8.4). A coding that is unknown or broken ends the run with exit code 61; a truncated body is broken,"
                            + " and so is one that more bytes follow, a second gzip member among them. Sizes and ranges are"
                            + " those of the encoded bytes.",
                    "--compressed")
            .often();
    static final Option EVENTS = Option.flag(
            "Read a stream of server-sent events (WHATWG HTML section 9.2) and keep it up: each event is written when it"
                    + " is whole, at most 1 MiB each, and when the stream ends or breaks it is asked for again, with"
                    + " Last-Event-ID, after the time that it names (retry), that of --retry-delay, or 3 s. What the"
                    + " server then repeats of the last 16384 events with an id is left out. 204 ends it; so do"
                    + " --retry failures in a row, an answer that is no such stream, and with --no-resume its first"
                    + " end.",
            "--events");

    public static final OptionGroup GROUP = new OptionGroup(
            "Exchange",
            "Request",
            List.of(HEADER, USER_AGENT, REFERER, METHOD, GET, URL_QUERY, RANGE, COMPRESSED, EVENTS));

    /** Without what shapes the body for one reader: each client says by itself what it wants. */
    static final OptionGroup ON_BEHALF = new OptionGroup(
            "Exchange", "Request", List.of(HEADER, USER_AGENT, REFERER, METHOD, GET, URL_QUERY, COMPRESSED));

    private RequestOptions() {}

    /** The request of a command that sends {@code method} unless told otherwise. */
    public static Request read(Typed typed, Surroundings surroundings, LocalInput input, Url url, String method)
            throws FaultException {
        var query = new QueryParameters(input);
        for (String parameter : typed.all(URL_QUERY)) {
            query.add(URL_QUERY, parameter);
        }
        SentBody body = typed.has(GET) ? null : BodyOptions.read(typed, input);
        if (typed.has(GET)) {
            BodyOptions.addTo(query, typed);
        }
        var edits = new HeaderEdits();
        Headers given = headers(typed, input, edits, body);
        if (body == null) {
            SentBody.checkNone(given);
        }
        Headers headers = body == null ? given : SentBody.unframed(given);
        String range = typed.last(RANGE);
        String sent = method(typed, method);
        if (body != null) {
            Sending.check(typed, sent);
        }
        if (typed.has(EVENTS)) {
            Events.check(typed, sent);
        }
        var request = new Request(
                sent,
                query.addedTo(body == null ? url : body.addressed(url)).withoutUserInfo(),
                headers,
                CredentialOptions.read(typed, surroundings, input, url, headers.contains("Authorization")),
                range == null ? null : RangeSpec.parse(range).toString(),
                DuplexOptions.protocol(typed),
                typed.has(COMPRESSED),
                typed.has(EVENTS),
                RecoveryOptions.parallel(typed),
                body == null ? null : body.framed(given, edits),
                CookieOptions.read(typed, input));
        if (range != null && headers.contains("Range")) {
            throw Misuse.of(RANGE, "excludes -H 'Range: …'");
        }
        Dividing.check(request);
        return request;
    }

    private static String method(Typed typed, String otherwise) throws FaultException {
        String method = typed.last(METHOD);
        if (method == null) {
            return otherwise;
        }
        if (!Token.isToken(method)) {
            throw Misuse.of(METHOD, Misuse.quoted(method) + " is not a method");
        }
        if (method.equals("CONNECT")) {
            throw Misuse.of(METHOD, "CONNECT asks for a tunnel, not for a resource");
        }
        if (otherwise.equals("HEAD") && !method.equals("HEAD")) {
            throw Misuse.of(METHOD.name(), "head sends HEAD", "relay get -i -X " + method + " shows the head too");
        }
        return method;
    }

    private static Headers headers(Typed typed, LocalInput input, HeaderEdits edits, @Nullable SentBody body)
            throws FaultException {
        String agent = typed.last(USER_AGENT);
        edits.preset(USER_AGENT, "User-Agent", agent == null ? "relay/" + Version.NUMBER : agent);
        edits.preset(HEADER, "Accept", accepted(typed, body));
        if (body != null && body.contentType() != null) {
            edits.preset(HEADER, "Content-Type", body.contentType());
        }
        if (typed.has(EVENTS)) {
            edits.preset(HEADER, "Cache-Control", "no-store");
        }
        if (typed.has(VerificationOptions.WANT_DIGEST)) {
            edits.preset(VerificationOptions.WANT_DIGEST, "Want-Repr-Digest", "sha-256=10, sha-512=5");
        }
        if (typed.has(COMPRESSED)) {
            edits.preset(COMPRESSED, "Accept-Encoding", Decoding.ACCEPTED);
        }
        String referer = typed.last(REFERER);
        if (referer != null) {
            edits.preset(REFERER, "Referer", checkedReferer(referer));
        }
        for (String header : typed.all(HEADER)) {
            if (header.startsWith("@")) {
                edits.editAll(HEADER, input.text(HEADER, header.substring(1)));
            } else {
                edits.edit(HEADER, header);
            }
        }
        return edits.headers();
    }

    private static String accepted(Typed typed, @Nullable SentBody body) {
        if (typed.has(EVENTS)) {
            return "text/event-stream";
        }
        return body != null && typed.has(BodyOptions.JSON) ? "application/json" : "*/*";
    }

    /** In curl {@code ;auto} would set the field anew at each redirect. */
    private static String checkedReferer(String referer) throws FaultException {
        if (referer.endsWith(";auto")) {
            throw Misuse.of(REFERER, "relay sends no automatic Referer");
        }
        return referer;
    }
}
