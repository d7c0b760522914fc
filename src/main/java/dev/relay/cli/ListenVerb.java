package dev.relay.cli;

import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.ListenOptions;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.List;
import java.util.Map;

/** {@code relay listen}: one upload, received whole. */
final class ListenVerb implements Verb {
    @Override
    public String name() {
        return "listen";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String summary() {
        return "one client's request body to standard output, standard input to its response, both at once";
    }

    @Override
    public List<String> description() {
        return ListenPages.DESCRIPTION;
    }

    @Override
    public Map<String, List<String>> chapters() {
        return ListenPages.CHAPTERS;
    }

    @Override
    public List<Example> examples() {
        return ListenPages.EXAMPLES;
    }

    @Override
    public List<OptionGroup> groups() {
        return ListenOptions.ALL;
    }

    @Override
    public Invocation read(Typed typed, Surroundings surroundings) throws FaultException {
        return new Invocation.Listen(ListenOptions.read(typed, surroundings));
    }
}
