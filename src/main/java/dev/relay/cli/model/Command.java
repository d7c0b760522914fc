package dev.relay.cli.model;

import java.util.List;
import java.util.Map;

/** One command as its pages show it. */
public interface Command {
    String name();

    /** What follows the options, as a synopsis has it; empty when nothing does. */
    String operands();

    /** One line, beginning in lower case, without a full stop. */
    String summary();

    /** The paragraphs that say what it does. */
    List<String> description();

    List<OptionGroup> groups();

    /** What a shell may offer for an operand. */
    default Completion operandCompletion() {
        return Completion.NONE;
    }

    default List<Example> examples() {
        return List.of();
    }

    /** The manual page that describes it, alone or with others. */
    default String page() {
        return "relay-" + name();
    }

    /**
     * What the manual says beside description and options: paragraphs, each under its heading, in order; one with a tab
     * in it is an item of a list, the tag before the tab.
     */
    default Map<String, List<String>> chapters() {
        return Map.of();
    }

    /** A line to type, and what it does. */
    record Example(String line, String what) {}
}
