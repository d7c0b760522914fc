package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.value.Misuse;
import dev.relay.http.RangeSpec;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Request;

/** What {@code --parallel} cannot be combined with: requests whose answers are no body that has parts of its own. */
final class Dividing {
    private Dividing() {}

    /** Throws when what was typed contradicts {@code --parallel}. */
    static void check(Request request) throws FaultException {
        if (request.parallel() == null) {
            return;
        }
        Option option = RecoveryOptions.PARALLEL;
        if (!request.method().equals("GET")) {
            throw Misuse.of(option, "only the answer to a GET has ranges, not that to " + request.method());
        }
        if (request.headers().contains("Range") || request.headers().contains("If-Range")) {
            throw Misuse.of(option, "excludes -H 'Range: …' and -H 'If-Range: …'");
        }
        if (request.range() != null && !RangeSpec.parse(request.range()).isSingle()) {
            throw Misuse.of(option, "excludes several ranges in --range");
        }
    }
}
