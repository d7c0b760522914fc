package dev.relay.cli;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.ExchangeGroups;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.List;

/** {@code relay get URL}: the body of a resource. */
final class GetVerb implements Verb {
    @Override
    public String name() {
        return "get";
    }

    @Override
    public String operands() {
        return "URL";
    }

    @Override
    public String summary() {
        return "fetch URL; its body goes to standard output, or to a file";
    }

    @Override
    public List<String> description() {
        return GetPages.DESCRIPTION;
    }

    @Override
    public List<Example> examples() {
        return GetPages.EXAMPLES;
    }

    @Override
    public List<OptionGroup> groups() {
        return ExchangeGroups.ALL;
    }

    @Override
    public Completion operandCompletion() {
        return Completion.URL;
    }

    @Override
    public Invocation read(Typed typed, Surroundings surroundings) throws FaultException {
        return new Invocation.Fetch(new Planner(typed, surroundings).plan("GET"));
    }
}
