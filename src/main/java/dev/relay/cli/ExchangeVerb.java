package dev.relay.cli;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.ExchangeGroups;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.List;

/** A command that sends one request to a URL and delivers what comes of it: all but the method is the same for each. */
interface ExchangeVerb extends Verb {
    /** What it sends unless {@code -X} says otherwise. */
    String method();

    @Override
    default String operands() {
        return "URL";
    }

    @Override
    default List<OptionGroup> groups() {
        return ExchangeGroups.ALL;
    }

    @Override
    default Completion operandCompletion() {
        return Completion.URL;
    }

    @Override
    default Invocation read(Typed typed, Surroundings surroundings) throws FaultException {
        return new Invocation.Fetch(new Planner(typed, surroundings).plan(method()));
    }
}
