package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;

/** What {@code --events} cannot be combined with: a stream without an end has no parts, no digest and no last byte. */
final class Events {
    private static final Option[] EXCLUDED = {
        RequestOptions.RANGE,
        RequestOptions.COMPRESSED,
        RecoveryOptions.PARALLEL,
        OutputOptions.CONTINUE,
        OutputOptions.HOLD,
        VerificationOptions.CHECKSUM,
        VerificationOptions.WANT_DIGEST
    };

    private Events() {}

    /** @param method what the request would send: only a GET may be sent again and again */
    static void check(Typed typed, String method) throws FaultException {
        for (Option other : EXCLUDED) {
            if (typed.has(other)) {
                throw Misuse.exclusive(RequestOptions.EVENTS, other);
            }
        }
        if (!method.equals("GET")) {
            throw Misuse.of(RequestOptions.EVENTS, "a stream of events is asked for with GET, not " + method);
        }
    }
}
