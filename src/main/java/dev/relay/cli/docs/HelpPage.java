package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.util.List;

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
                  relay get -O URL          the same, named like the last part of the URL
                  relay get -H 'N: V' URL   send a header field of their own
                  relay head URL            see what the server says about URL

                Commands:
                """);
        for (Command command : commands) {
            entry(page, "  " + command.name() + " " + command.operands(), capitalised(command.summary()) + ".");
        }
        return page.append("""

                relay help COMMAND lists its options, relay help all everything; so do relay(1)
                and relay-get(1). Exit code 0: all has arrived; 22: the server says 400 or more.
                """).toString();
    }

    /** The page of one command: what it does, and its options, grouped. */
    public static String of(Command command) {
        var page = new StringBuilder(8000);
        page.append("Usage: relay ").append(command.name()).append(" [OPTION]...");
        page.append(command.operands().isEmpty() ? "" : " ")
                .append(command.operands())
                .append("\n");
        for (String paragraph : command.description()) {
            page.append('\n');
            Paragraph.append(page, paragraph, 0, 0, WIDTH);
        }
        for (OptionGroup group : command.groups()) {
            page.append('\n').append(group.heading()).append(":\n");
            for (Option option : group.options()) {
                entry(page, synopsis(option), option.description());
            }
        }
        return page.toString();
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
