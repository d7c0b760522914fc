package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.util.ArrayList;
import java.util.List;

/** What the three completion scripts have in common. */
final class Completions {
    static final String NOTE = "Made from the options of relay: change them, then run `make docs`.";

    private Completions() {}

    static List<Option> options(Command command) {
        var options = new ArrayList<Option>();
        for (OptionGroup group : command.groups()) {
            options.addAll(group.options());
        }
        return options;
    }

    /** The options of all commands, each once. */
    static List<Option> options(List<Command> commands) {
        var options = new ArrayList<Option>();
        for (Command command : commands) {
            for (Option option : options(command)) {
                if (!options.contains(option)) {
                    options.add(option);
                }
            }
        }
        return options;
    }

    /** Every name of the options whose value is completed that way. */
    static List<String> names(List<Option> options, Completion completion) {
        return options.stream()
                .filter(Option::takesValue)
                .filter(option -> option.completion().equals(completion))
                .flatMap(option -> option.names().stream())
                .toList();
    }

    /** What fits beside a name: the description up to its first stop. */
    static String summary(Option option) {
        String text = option.description();
        int end = text.length();
        for (String stop : List.of(". ", ": ", "; ")) {
            int at = text.indexOf(stop);
            end = at >= 0 && at < end ? at : end;
        }
        String summary = text.substring(0, end);
        return summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary;
    }

    static boolean isLong(String name) {
        return name.startsWith("--");
    }

    /** In single quotes, as bash, zsh and fish read them alike but for the quote itself. */
    static String quoted(String text, String quote) {
        return "'" + text.replace("'", quote) + "'";
    }
}
