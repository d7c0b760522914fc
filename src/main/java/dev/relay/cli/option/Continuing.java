package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import dev.relay.plan.Request;

/** What {@code -C} needs and what it excludes: it continues one file, with the bytes of one entity and nothing else. */
public final class Continuing {
    private static final Option[] EXCLUDED = {
        OutputOptions.REMOTE_HEADER_NAME,
        OutputOptions.NO_CLOBBER,
        OutputOptions.TEE,
        OutputOptions.INCLUDE,
        OutputOptions.FAIL_WITH_BODY,
        OutputOptions.NO_FAIL,
        RequestOptions.RANGE,
        RequestOptions.COMPRESSED,
    };
    private static final String[] OWN_FIELDS = {"Range", "If-Range", "Accept-Encoding"};

    private Continuing() {}

    /** Throws when what was typed contradicts {@code -C}. */
    public static void check(Typed typed, Request request, Delivery delivery) throws FaultException {
        if (!delivery.continued()) {
            return;
        }
        Option option = OutputOptions.CONTINUE;
        for (Option other : EXCLUDED) {
            if (typed.has(other)) {
                throw Misuse.exclusive(option, other);
            }
        }
        if (!request.method().equals("GET")) {
            throw Misuse.of(option, "only a GET can be continued");
        }
        for (String field : OWN_FIELDS) {
            if (request.headers().contains(field)) {
                throw Misuse.of(option, "excludes -H '" + field + ": …'");
            }
        }
        if (delivery.body().getFirst() instanceof Delivery.Stdout) {
            throw Misuse.of(option.name(), "there is no file to continue", "-o FILE or -O names it");
        }
    }
}
