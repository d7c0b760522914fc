package dev.relay.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code relay post URL} and its like: a request that may have a body, and the body of its response. */
final class SendVerb implements ExchangeVerb {
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
    public String method() {
        return name.toUpperCase(Locale.ROOT);
    }
}
