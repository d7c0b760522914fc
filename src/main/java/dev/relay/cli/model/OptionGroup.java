package dev.relay.cli.model;

import java.util.List;

/**
 * Options that belong together, under the heading that the help pages and the manual give them.
 *
 * @param theme what several groups have in common; the heading of a group that stands by itself
 */
public record OptionGroup(String theme, String heading, List<Option> options) {
    public OptionGroup {
        options = List.copyOf(options);
    }

    /** A group that is a theme of its own. */
    public OptionGroup(String heading, List<Option> options) {
        this(heading, heading, options);
    }

    /** The heading where all groups are listed: with the theme, unless that is the same. */
    public String fullHeading() {
        return theme.equals(heading) ? heading : theme + " / " + heading;
    }
}
