package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Request;
import java.util.List;

/** What only an exchange in both directions at once can be told. */
public final class DuplexOptions {
    static final Option PRIOR_KNOWLEDGE = Option.flag(
            "Speak HTTP/2 without asking first, in clear too: the server is known to (RFC 9113 section 3.3).",
            "--http2-prior-knowledge");
    private static final OptionGroup REQUEST = new OptionGroup(
            "Request",
            List.of(
                    RequestOptions.HEADER,
                    RequestOptions.USER_AGENT,
                    RequestOptions.REFERER,
                    RequestOptions.METHOD,
                    RequestOptions.URL_QUERY));
    private static final OptionGroup PROTOCOL = new OptionGroup("Protocol", List.of(PRIOR_KNOWLEDGE));
    private static final OptionGroup TERMINAL = new OptionGroup("On a terminal", List.of(OutputOptions.RAW));
    private static final OptionGroup RESPONSE = new OptionGroup(
            "Response",
            List.of(
                    OutputOptions.INCLUDE,
                    OutputOptions.FAIL,
                    OutputOptions.FAIL_WITH_BODY,
                    OutputOptions.NO_FAIL,
                    OutputOptions.NO_BUFFER));

    public static final List<OptionGroup> ALL = List.of(
            REQUEST,
            CredentialOptions.GROUP,
            CookieOptions.SENT,
            RESPONSE,
            TERMINAL,
            LimitOptions.TIMES,
            LimitOptions.SIZES,
            ConnectionOptions.GROUP,
            PROTOCOL,
            MessageOptions.GROUP,
            ProxyOptions.GROUP,
            TrustOptions.GROUP,
            TellingOptions.GROUP,
            ConfigOptions.GROUP,
            CommonOptions.GROUP);

    private DuplexOptions() {}

    /** The protocol that the options choose. */
    static Request.Protocol protocol(Typed typed) throws FaultException {
        Request.Protocol other = ConnectionOptions.protocol(typed);
        if (!typed.has(PRIOR_KNOWLEDGE)) {
            return other;
        }
        if (other == Request.Protocol.HTTP_1_1) {
            throw Misuse.exclusive(ConnectionOptions.HTTP1_1, PRIOR_KNOWLEDGE);
        }
        return Request.Protocol.HTTP_2_PRIOR_KNOWLEDGE;
    }

    /** What the transport itself says of the body is not to be chosen. */
    public static void check(Typed typed, Request request) throws FaultException {
        for (String name : List.of("Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect")) {
            if (request.headers().contains(name)) {
                throw Misuse.of("-H", name + " is not to be chosen: the body is sent as it comes");
            }
        }
        if (request.url().isWebSocket()) {
            MessageOptions.check(typed, request);
        }
    }
}
