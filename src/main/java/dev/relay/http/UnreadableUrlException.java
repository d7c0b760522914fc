package dev.relay.http;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import org.jspecify.annotations.Nullable;

/** Why a URL cannot be used; its message never quotes the URL, which may hold credentials. */
final class UnreadableUrlException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ExitCode code;
    private final String why;
    private final @Nullable String hint;

    private UnreadableUrlException(ExitCode code, String why, @Nullable String hint) {
        super(why, null, false, false);
        this.code = code;
        this.why = why;
        this.hint = hint;
    }

    static UnreadableUrlException malformed(String why) {
        return new UnreadableUrlException(ExitCode.MALFORMED_URL, why, null);
    }

    static UnreadableUrlException malformed(String why, String hint) {
        return new UnreadableUrlException(ExitCode.MALFORMED_URL, why, hint);
    }

    /** @param webSockets whether those of WebSockets would have done */
    static UnreadableUrlException unsupported(boolean webSockets) {
        String spoken = webSockets ? "http, https, ws and wss" : "http and https";
        return new UnreadableUrlException(ExitCode.UNSUPPORTED_SCHEME, "only " + spoken + " are spoken", null);
    }

    /** A WebSocket where only requests and responses are of use. */
    static UnreadableUrlException webSocket() {
        return new UnreadableUrlException(
                ExitCode.UNSUPPORTED_SCHEME, "only http and https are spoken here", "relay duplex speaks ws and wss");
    }

    /** @param before what stands before the reason, or nothing */
    Fault fault(String where, String before) {
        return new Fault(code, where, before + why, hint);
    }
}
