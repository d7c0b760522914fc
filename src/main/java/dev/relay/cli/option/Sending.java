package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;

/** What a request body cannot be combined with: whatever asks for the same thing again and again. */
final class Sending {
    private static final Option[] EXCLUDED = {
        RequestOptions.EVENTS, RecoveryOptions.PARALLEL, OutputOptions.CONTINUE, RequestOptions.RANGE
    };

    private Sending() {}

    /** Throws when what was typed contradicts a body. */
    static void check(Typed typed, String method) throws FaultException {
        Option body = typed.lastOf(BodyOptions.ALL);
        if (body == null) {
            return;
        }
        for (Option other : EXCLUDED) {
            if (typed.has(other)) {
                throw Misuse.exclusive(other, body);
            }
        }
        if (method.equals("HEAD") || method.equals("TRACE")) {
            throw Misuse.of(body, method + " has no body");
        }
    }
}
