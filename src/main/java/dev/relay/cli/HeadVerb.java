package dev.relay.cli;

import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.option.HeadOptions;
import java.util.List;

/** {@code relay head URL}: the head of a response. */
final class HeadVerb implements ExchangeVerb {
    @Override
    public String name() {
        return "head";
    }

    @Override
    public String summary() {
        return "print the head of the response: status line and header fields";
    }

    @Override
    public List<String> description() {
        return List.of(
                "Sends HEAD to URL, following redirects, and prints the heads of the responses: status line, then"
                        + " header fields. The transport keeps neither the order and case of the names nor the reason"
                        + " phrase: fields come sorted by name, in lower case, under the registered phrase.",
                "The head goes where the body of get would go, so --output, --fail-with-body and the rest hold for it:"
                        + " with a status of 400 or more nothing is printed unless --fail-with-body or --no-fail is"
                        + " given.");
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("relay head https://example.com/", "Show what the server says about its front page."),
                new Example(
                        "relay head --no-fail --no-location https://example.com/old",
                        "Show where a redirect leads, or how it fails, without following it."));
    }

    @Override
    public String page() {
        return "relay-get";
    }

    @Override
    public List<OptionGroup> groups() {
        return HeadOptions.ALL;
    }

    @Override
    public String method() {
        return "HEAD";
    }
}
