package dev.relay.cli;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Messages;
import dev.relay.plan.Plan;
import dev.relay.plan.Reception;
import dev.relay.plan.Service;
import org.jspecify.annotations.Nullable;

/** What a command line asks for. */
public sealed interface Invocation {

    /**
     * Help, a version or a completion script: a text for standard output, and exit code 0.
     *
     * @param text ends with a line break
     */
    record Print(String text) implements Invocation {}

    /**
     * Nothing was asked for: the short page for standard error, and exit code 2, so that a script whose URL is empty
     * neither succeeds nor gives the page to the next program.
     *
     * @param page ends with a line break
     */
    record Unasked(String page) implements Invocation {}

    /** Something to be handed over to whoever comes. */
    record Serve(Service service) implements Invocation {}

    /** Something to be received from whoever comes. */
    record Listen(Reception reception) implements Invocation {}

    /**
     * One exchange, its response delivered.
     *
     * @param meant the command that the URL may have been meant to be
     */
    record Fetch(Plan plan, @Nullable String meant) implements Invocation {
        public Fetch(Plan plan) {
            this(plan, null);
        }

        /** The outcome; when there is no such host, with what may have been meant. */
        public Outcome hinted(Outcome outcome) {
            boolean isUnknown = meant != null && outcome.exitCode() == ExitCode.HOST_NOT_RESOLVED;
            return isUnknown && outcome instanceof Outcome.Failed failed
                    ? new Outcome.Failed(failed.fault().withHint("did you mean relay " + meant + "?"), failed.cause())
                    : outcome;
        }
    }

    /**
     * One exchange in both directions at once.
     *
     * @param messages what a WebSocket is told; null for HTTP
     */
    record Converse(Plan plan, @Nullable Messages messages) implements Invocation {}
}
