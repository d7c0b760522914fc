package dev.relay.plan;

import java.util.List;

/**
 * Everything one transfer needs to know, decided before anything is sent.
 *
 * @param configurations the files that options were read from
 */
public record Plan(
        Request request,
        Redirects redirects,
        Routing routing,
        Trust trust,
        Limits limits,
        Recovery recovery,
        Verification verification,
        Delivery delivery,
        Telling telling,
        List<String> configurations) {
    public Plan {
        configurations = List.copyOf(configurations);
    }

    /** The same for another request. */
    public Plan with(Request other) {
        return new Plan(
                other, redirects, routing, trust, limits, recovery, verification, delivery, telling, configurations);
    }

    /** The same with other limits. */
    public Plan with(Limits other) {
        return new Plan(
                request, redirects, routing, trust, other, recovery, verification, delivery, telling, configurations);
    }
}
