package dev.relay.cli;

import java.util.List;

/** {@code relay get URL}: the body of a resource. */
final class GetVerb implements ExchangeVerb {
    @Override
    public String name() {
        return "get";
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
    public String method() {
        return "GET";
    }
}
