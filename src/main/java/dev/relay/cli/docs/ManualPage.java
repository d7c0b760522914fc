package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.outcome.ExitCode;
import dev.relay.plan.Version;
import dev.relay.plan.WriteOutVariable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The manual: {@code relay(1)}, and a page for each command that talks to a server. */
public final class ManualPage {
    private static final String DATE = "2026-11-20";

    private ManualPage() {}

    /** {@code relay(1)}. */
    public static String overview(List<Command> commands) {
        Roff page = page("relay")
                .section("Name")
                .text("relay - move the bytes of an HTTP exchange to where they are wanted")
                .section("Synopsis")
                .macro(Roff.bold("relay") + " [" + Roff.bold("get") + "] [" + Roff.italic("OPTION") + "]... "
                        + Roff.italic("URL"))
                .macro(".br")
                .macro(Roff.bold("relay") + " " + Roff.italic("COMMAND") + " [" + Roff.italic("OPTION") + "]... ["
                        + Roff.italic("ARGUMENT") + "]...")
                .section("Description");
        page.text(Prose.PURPOSE).paragraph(Prose.FAILURE).section("Commands");
        for (Command command : commands) {
            page.item(synopsis(command), sentence(command.summary()));
        }
        page.section("Options").text(Prose.OPTIONS);
        options(page, commands.getLast().groups());
        exitStatus(page);
        surroundings(page);
        examples(page, commands);
        return page.section("See also")
                .macro(Roff.bold("relay-get") + "(1), " + Roff.bold("curl") + "(1)")
                .toString();
    }

    /**
     * {@code relay-get(1)}, for that command and one that differs from it in a word.
     *
     * @param also has the same options
     */
    public static String of(Command command, Command also) {
        String name = "relay-" + command.name();
        Roff page = page(name).section("Name").text(name + ", relay-" + also.name() + " - " + command.summary());
        page.section("Synopsis").macro(usage(command)).macro(".br").macro(usage(also));
        page.section("Description");
        describe(page, command);
        describe(page, also);
        page.section("Options");
        options(page, command.groups());
        unbroken(page);
        variables(page);
        exitStatus(page);
        surroundings(page);
        examples(page, List.of(command, also));
        return page.section("See also")
                .macro(Roff.bold("relay") + "(1), " + Roff.bold("curl") + "(1)")
                .toString();
    }

    private static Roff page(String name) {
        return new Roff(name, DATE, "relay " + Version.NUMBER);
    }

    private static void describe(Roff page, Command command) {
        page.subsection("relay " + command.name());
        page.text(command.description().getFirst());
        command.description().stream().skip(1).forEach(page::paragraph);
    }

    private static void options(Roff page, List<OptionGroup> groups) {
        for (OptionGroup group : groups) {
            page.subsection(group.heading());
            for (Option option : group.options()) {
                page.item(names(option), option.description());
            }
        }
    }

    private static String names(Option option) {
        String names = option.names().stream().map(Roff::bold).collect(Collectors.joining(", "));
        String label = option.label();
        return label == null ? names : names + " " + Roff.italic(label);
    }

    private static void unbroken(Roff page) {
        page.section("Unbroken streams").text(UnbrokenStreams.SUMMARY);
        UnbrokenStreams.CHAPTERS.forEach((heading, paragraphs) -> {
            page.subsection(heading);
            paragraphs.forEach(page::paragraph);
        });
    }

    private static void variables(Roff page) {
        page.section("Write-out variables").text(Prose.WRITE_OUT);
        for (WriteOutVariable variable : WriteOutVariable.values()) {
            page.item(
                    Roff.bold("%{" + variable.spelling() + "}"), sentence(variable.meaning()) + unit(variable.unit()));
        }
    }

    private static String unit(WriteOutVariable.Unit unit) {
        return switch (unit) {
            case TEXT, COUNT, DIRECTIVE -> "";
            case STATUS, BYTES, BYTES_PER_SECOND, SECONDS -> " Unit: " + unit.label() + ".";
        };
    }

    private static void exitStatus(Roff page) {
        page.section("Exit status").text(Prose.EXIT_STATUS);
        for (ExitCode code : ExitCode.values()) {
            page.item(Roff.bold(Integer.toString(code.value())), sentence(code.what()));
        }
    }

    private static void surroundings(Roff page) {
        page.section("Environment");
        Prose.ENVIRONMENT.forEach((name, what) -> page.item(Roff.bold(name), what));
        page.section("Files");
        Prose.FILES.forEach((name, what) -> page.item(Roff.italic(name), what));
    }

    private static void examples(Roff page, List<Command> commands) {
        page.section("Examples");
        for (Command command : commands) {
            for (Command.Example example : command.examples()) {
                page.paragraph(example.what()).example(example.line());
            }
        }
    }

    private static String synopsis(Command command) {
        return Roff.bold("relay " + command.name()) + " " + Roff.italic(command.operands());
    }

    private static String usage(Command command) {
        return Roff.bold("relay " + command.name()) + " [" + Roff.italic("OPTION") + "]... "
                + Roff.italic(command.operands());
    }

    private static String sentence(String summary) {
        String capitalised = summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1);
        // A name in lower case, such as a variable's, keeps its spelling.
        return (summary.startsWith("relay") ? summary : capitalised) + (summary.endsWith(".") ? "" : ".");
    }
}
