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

    static UnreadableUrlException unsupported() {
        return new UnreadableUrlException(ExitCode.UNSUPPORTED_SCHEME, "only http and https are spoken", null);
    }

    /** @param before what stands before the reason, or nothing */
    Fault fault(String where, String before) {
        return new Fault(code, where, before + why, hint);
    }
}
