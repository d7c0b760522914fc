package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pages that {@code --help} prints, for a terminal of 80 columns. */
public final class HelpPage {
    private static final int WIDTH = 79;
    private static final int COLUMN = 28;

    private HelpPage() {}

    /** The short page: the few things that people do, and where to read on. */
    public static String overview(List<Command> commands) {
        var page = new StringBuilder(2000);
        page.append("""
                relay moves the bytes of an HTTP exchange to where they are wanted, once each,
                in order, as they arrive, and tells the truth about how it ended.

                Usage: relay [get] [OPTION]... URL
                       relay COMMAND [OPTION]... [ARGUMENT]...

                What people do:
                  relay get URL | tool      give the body to a tool; never an error page
                  relay get -o FILE URL     write it to FILE, which appears when complete
                  relay post --json '{}' URL
                                            send data, print the answer
                  relay serve FILE|URL      hand one download to a browser or a phone
                  relay duplex URL          send and receive at once, line by line

                Commands:
                """);
        for (Command command : commands) {
            entry(page, "  " + command.name() + " " + command.operands(), capitalised(command.summary()) + ".");
        }
        return page.append("""

                relay COMMAND --help shows the options that are used most, relay help COMMAND
                all of them; so do the pages of the manual, from relay(1) on. Exit code 0: all
                has arrived; 22: the server says 400 or more.
                """).toString();
    }

    /** The short page of one command: what it does, and the options that are used most, a line each. */
    public static String of(Command command) {
        var page = new StringBuilder(4000);
        usage(page, command);
        paragraph(page, command.description().getFirst());
        var themes = new LinkedHashMap<String, List<Option>>();
        for (OptionGroup group : command.groups()) {
            themes.computeIfAbsent(group.theme(), _ -> new ArrayList<>()).addAll(group.options());
        }
        int hidden = 0;
        for (Map.Entry<String, List<Option>> theme : themes.entrySet()) {
            List<Option> shown = often(theme.getValue());
            hidden += theme.getValue().size() - shown.size();
            page.append('\n').append(theme.getKey()).append(":\n");
            for (Option option : shown) {
                entry(
                        page,
                        synopsis(option),
                        Completions.summary(option) + (option.isRepeatable() ? ". Repeatable." : "."));
            }
        }
        examples(page, command);
        if (hidden > 0) {
            paragraph(
                    page,
                    "relay " + command.name() + " --help all lists " + hidden
                            + " options more, with units and defaults; so does " + command.page() + "(1).");
        }
        return page.toString();
    }

    /** Everything about one command: what it does, and all of its options, grouped. */
    public static String full(Command command) {
        var page = new StringBuilder(16_000);
        full(page, command, Set.of());
        return page.toString();
    }

    /** All that there is to tell, what several commands have in common once. */
    public static String everything(List<Command> commands) {
        var page = new StringBuilder(overview(commands));
        var told = new HashSet<Option>();
        for (Command command : commands) {
            full(page.append('\n'), command, told);
            told.addAll(Completions.options(command));
        }
        return page.toString();
    }

    private static void full(StringBuilder page, Command command, Set<Option> told) {
        usage(page, command);
        for (String text : command.description()) {
            paragraph(page, text);
        }
        boolean isCut = false;
        for (OptionGroup group : command.groups()) {
            if (told.containsAll(group.options())) {
                isCut = true;
                continue;
            }
            paragraph(page, group.fullHeading() + ":");
            for (Option option : group.options()) {
                entry(page, synopsis(option), option.description());
            }
        }
        if (isCut) {
            paragraph(page, "The other options of relay " + command.name() + " are told above.");
        }
        examples(page, command);
    }

    /** A theme of which nothing is marked is short enough to be shown whole. */
    private static List<Option> often(List<Option> options) {
        List<Option> often = options.stream().filter(Option::isOften).toList();
        return often.isEmpty() ? options : often;
    }

    private static void usage(StringBuilder page, Command command) {
        page.append("Usage: relay ").append(command.name()).append(" [OPTION]...");
        page.append(command.operands().isEmpty() ? "" : " ")
                .append(command.operands())
                .append('\n');
    }

    private static void paragraph(StringBuilder page, String text) {
        Paragraph.append(page.append('\n'), text, 0, 0, WIDTH);
    }

    private static void examples(StringBuilder page, Command command) {
        if (command.examples().isEmpty()) {
            return;
        }
        page.append("\nExamples:\n");
        for (Command.Example example : command.examples()) {
            page.append("  ").append(example.line()).append('\n');
        }
    }

    /** {@code -o, --output FILE}, the long names one below the other. */
    private static String synopsis(Option option) {
        String names = String.join(", ", option.names());
        String indent = option.names().getFirst().startsWith("--") ? "      " : "  ";
        return indent + names + (option.takesValue() ? " " + option.label() : "");
    }

    private static void entry(StringBuilder page, String left, String right) {
        page.append(left);
        int gap = COLUMN - left.length();
        if (gap < 2) {
            page.append('\n');
            gap = COLUMN;
        }
        Paragraph.append(page.repeat(' ', gap), right, COLUMN, COLUMN, WIDTH);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
