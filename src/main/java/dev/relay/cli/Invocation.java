package dev.relay.cli;

import dev.relay.plan.Plan;

/** What a command line asks for. */
public sealed interface Invocation {

    /**
     * Help, a version or a completion script: a text for standard output, and exit code 0.
     *
     * @param text ends with a line break
     */
    record Print(String text) implements Invocation {}

    /** One exchange, its response delivered. */
    record Fetch(Plan plan) implements Invocation {}
}
