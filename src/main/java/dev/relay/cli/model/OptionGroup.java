package dev.relay.cli.model;

import java.util.List;

/** Options that belong together, under the heading that the help pages and the manual give them. */
public record OptionGroup(String heading, List<Option> options) {
    public OptionGroup {
        options = List.copyOf(options);
    }
}
