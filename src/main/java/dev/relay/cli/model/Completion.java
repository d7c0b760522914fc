package dev.relay.cli.model;

import java.util.List;

/**
 * What a shell may offer for a value.
 *
 * @param choices the words to choose from, for {@link Kind#CHOICE} alone
 */
public record Completion(Kind kind, List<String> choices) {
    /** Nothing that a shell could know. */
    public static final Completion NONE = new Completion(Kind.NONE, List.of());

    public static final Completion FILE = new Completion(Kind.FILE, List.of());
    public static final Completion DIRECTORY = new Completion(Kind.DIRECTORY, List.of());
    public static final Completion URL = new Completion(Kind.URL, List.of());

    /** Where the words come from. */
    public enum Kind {
        NONE,
        FILE,
        DIRECTORY,
        URL,
        CHOICE
    }

    public Completion {
        choices = List.copyOf(choices);
    }

    public static Completion choice(String... words) {
        return new Completion(Kind.CHOICE, List.of(words));
    }
}
