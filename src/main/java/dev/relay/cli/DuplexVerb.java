package dev.relay.cli;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.DuplexOptions;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.List;
import java.util.Map;

/** {@code relay duplex URL}: both directions at once, over HTTP or a WebSocket. */
final class DuplexVerb implements Verb {
    @Override
    public String name() {
        return "duplex";
    }

    @Override
    public String operands() {
        return "URL";
    }

    @Override
    public String summary() {
        return "send standard input and print the response, both at once";
    }

    @Override
    public List<String> description() {
        return DuplexPages.DESCRIPTION;
    }

    @Override
    public Map<String, List<String>> chapters() {
        return DuplexPages.CHAPTERS;
    }

    @Override
    public List<Example> examples() {
        return DuplexPages.EXAMPLES;
    }

    @Override
    public List<OptionGroup> groups() {
        return DuplexOptions.ALL;
    }

    @Override
    public Completion operandCompletion() {
        return Completion.URL;
    }

    @Override
    public Invocation read(Typed typed, Surroundings surroundings) throws FaultException {
        return new Planner(typed, surroundings).duplex();
    }
}
