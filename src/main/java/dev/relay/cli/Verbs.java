package dev.relay.cli;

import dev.relay.cli.model.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The commands by name; one is made only when it is asked for. */
final class Verbs {
    /** In the order in which the pages list them. */
    static final List<String> NAMES =
            List.of("get", "head", "post", "put", "patch", "delete", "serve", "listen", "duplex", "completion", "help");

    private Verbs() {}

    /** The command of that name; null when there is none. */
    static @Nullable Verb named(String name) {
        return switch (name) {
            case "get" -> new GetVerb();
            case "head" -> new HeadVerb();
            case "post", "put", "patch", "delete" -> new SendVerb(name);
            case "serve" -> new ServeVerb();
            case "listen" -> new ListenVerb();
            case "duplex" -> new DuplexVerb();
            case "completion" -> new CompletionVerb();
            case "help" -> new HelpVerb();
            default -> null;
        };
    }

    /** All commands, for what is made from them. */
    static List<Command> all() {
        var all = new ArrayList<Command>();
        for (String name : NAMES) {
            all.add(Objects.requireNonNull(named(name)));
        }
        return all;
    }
}
