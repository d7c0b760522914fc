package dev.relay.cli.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One option, defined once: its names, its value, what it is for. Two options are the same only if they are one. */
public final class Option {
    private final List<String> names;
    private final @Nullable String label;
    private final Completion completion;
    private final String description;
    private final boolean often;

    private Option(
            List<String> names, @Nullable String label, Completion completion, String description, boolean often) {
        this.names = names;
        this.label = label;
        this.completion = completion;
        this.description = description;
        this.often = often;
    }

    /** An option without a value; the short name first, then the long ones. */
    public static Option flag(String description, String... names) {
        return new Option(List.of(names), null, Completion.NONE, description, false);
    }

    /** An option with a value that no shell can guess. */
    public static Option value(String label, String description, String... names) {
        return new Option(List.of(names), label, Completion.NONE, description, false);
    }

    /** The same option, with what a shell may offer for its value. */
    public Option completing(Completion with) {
        return new Option(names, label, with, description, often);
    }

    /** The same option, as one of the few that the short page of a command shows. */
    public Option often() {
        return new Option(names, label, completion, description, true);
    }

    public boolean isOften() {
        return often;
    }

    public List<String> names() {
        return names;
    }

    /** The name that messages use: the first long one. */
    public String name() {
        for (String name : names) {
            if (name.startsWith("--")) {
                return name;
            }
        }
        return names.getFirst();
    }

    /** What the value is called; null for an option without one. */
    public @Nullable String label() {
        return label;
    }

    public boolean takesValue() {
        return label != null;
    }

    public Completion completion() {
        return completion;
    }

    /** Whether each time that it is typed counts, not the last one alone. */
    public boolean isRepeatable() {
        return description.contains(" Repeatable");
    }

    /** Sentences that say what it does, in which unit, and what holds without it. */
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name();
    }
}
