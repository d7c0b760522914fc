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

    /** A text of one's own, or {@code @FILE}. */
    public static final Completion AT_FILE = new Completion(Kind.AT_FILE, List.of());

    /** {@code NAME=} and a text of one's own, or {@code @FILE} behind it. */
    public static final Completion FORM_FILE = new Completion(Kind.FORM_FILE, List.of());

    /** Where this machine can be reached: its IPv4 addresses. */
    public static final Completion ADDRESS = new Completion(Kind.ADDRESS, List.of());

    /** What this machine is connected by: the names of its network interfaces, and their IPv4 addresses. */
    public static final Completion INTERFACE = new Completion(Kind.INTERFACE, List.of());

    /** Where the words come from. */
    public enum Kind {
        NONE,
        FILE,
        AT_FILE,
        FORM_FILE,
        ADDRESS,
        INTERFACE,
        DIRECTORY,
        URL,
        CHOICE
    }

    public Completion {
        choices = List.copyOf(choices);
    }

    /** One of these words; one that ends with a colon or a slash is only begun, and no blank follows it. */
    public static Completion choice(String... words) {
        return new Completion(Kind.CHOICE, List.of(words));
    }

    /** Whether the words are beginnings, to be gone on with at once. */
    public boolean isBegun() {
        return !choices.isEmpty()
                && (choices.getFirst().endsWith(":") || choices.getFirst().endsWith("/"));
    }
}
