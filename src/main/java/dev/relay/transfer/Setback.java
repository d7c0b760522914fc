package dev.relay.transfer;

import dev.relay.http.Method;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Recovery;
import dev.relay.upstream.Faults;

/** Which failures are worth another try. */
final class Setback {
    private Setback() {}

    /**
     * Whether a request that failed before its body began may be sent again.
     *
     * @param unsent whether nothing of it was sent: then any method may
     */
    static boolean isTransient(FaultException failure, String method, Recovery recovery, boolean unsent) {
        ExitCode code = failure.fault().code();
        if (!unsent && !mayRepeat(method, recovery)) {
            return false;
        }
        Recovery.Transient when = recovery.when();
        return switch (code) {
            case NOT_CONNECTED -> when.refused() || when.all();
            case HOST_NOT_RESOLVED, PROXY_NOT_RESOLVED -> when.name() || when.all();
            case TIME_LIMIT -> when.timeout() || when.all();
            case NO_ANSWER -> when.reset() || when.all();
            case SHORT_BODY, RECEIVING_FAILED, SENDING_FAILED ->
                when.all() || (when.reset() && Faults.isBreak(failure));
            case TLS_HANDSHAKE -> when.all() || (when.reset() && Faults.isCutHandshake(failure));
            case PROXY_REFUSED -> when.all();
            default -> false;
        };
    }

    /** Whether a request of that method may be sent twice. */
    static boolean mayRepeat(String method, Recovery recovery) {
        return recovery.repeatAny() || Method.isIdempotent(method);
    }

    /** Whether a body that failed so may be continued: it broke, and nobody said stop. */
    static boolean isBreak(FaultException failure) {
        return switch (failure.fault().code()) {
            case SHORT_BODY, RECEIVING_FAILED, TIME_LIMIT -> true;
            default -> false;
        };
    }

    /** Whether the way to a server that has already answered may be free again in a moment. */
    static boolean isPassing(FaultException failure) {
        return switch (failure.fault().code()) {
            case NOT_CONNECTED,
                    HOST_NOT_RESOLVED,
                    PROXY_NOT_RESOLVED,
                    TIME_LIMIT,
                    NO_ANSWER,
                    SHORT_BODY,
                    RECEIVING_FAILED,
                    TLS_HANDSHAKE -> true;
            default -> false;
        };
    }

    /** Whether nothing has been said by a server that is there and may say something in a moment. */
    static boolean isSilence(FaultException failure) {
        return switch (failure.fault().code()) {
            case NO_ANSWER, RECEIVING_FAILED, TIME_LIMIT, HTTP_STATUS -> true;
            default -> false;
        };
    }
}
