package dev.relay.cli;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.ExchangeGroups;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code relay post URL} and its like: a request that may have a body, and the body of its response. */
final class SendVerb implements Verb {
    private final String name;

    /** @param name the method in lower case: post, put, patch, delete */
    SendVerb(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String operands() {
        return "URL";
    }

    @Override
    public String summary() {
        return SendPages.summary(name);
    }

    @Override
    public List<String> description() {
        return SendPages.description(name);
    }

    @Override
    public List<Example> examples() {
        return SendPages.examples(name);
    }

    @Override
    public String page() {
        return "relay-post";
    }

    @Override
    public Map<String, List<String>> chapters() {
        return SendPages.CHAPTERS;
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
        return new Invocation.Fetch(new Planner(typed, surroundings).plan(name.toUpperCase(Locale.ROOT)));
    }
}
