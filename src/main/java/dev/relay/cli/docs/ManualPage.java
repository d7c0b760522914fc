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
import java.util.stream.Stream;

/**
 * The manual: {@code relay(1)}, and a page for each command or family of commands. What many commands have in common is
 * told in full on the page of the first of them; the pages of the others list it, a line each.
 */
public final class ManualPage {
    private static final String DATE = "2026-11-26";
    private static final String OVERVIEW = "relay";

    private final String name;
    private final Roff roff;

    /** All commands, and those of this page. */
    private final List<Command> all;

    private final List<Command> commands;
    private final String reference;

    private ManualPage(String name, List<Command> all) {
        this.name = name;
        this.all = all;
        this.commands = on(name, all);
        this.reference = all.getFirst().page();
        this.roff = new Roff(name, DATE, "relay " + Version.NUMBER);
    }

    /**
     * The page of that name.
     *
     * @param all all commands, that with the full account of the common options first
     */
    public static String of(String name, List<Command> all) {
        var page = new ManualPage(name, all);
        return name.equals(OVERVIEW) ? page.overview() : page.page();
    }

    private static List<Command> on(String page, List<Command> all) {
        return all.stream().filter(command -> command.page().equals(page)).toList();
    }

    private String overview() {
        roff.section("Name")
                .text("relay - move the bytes of an HTTP exchange to where they are wanted")
                .section("Synopsis")
                .macro(Roff.bold("relay") + " [" + Roff.bold("get") + "] [" + Roff.italic("OPTION") + "]... "
                        + Roff.italic("URL"))
                .macro(".br")
                .macro(Roff.bold("relay") + " " + Roff.italic("COMMAND") + " [" + Roff.italic("OPTION") + "]... ["
                        + Roff.italic("ARGUMENT") + "]...")
                .section("Description")
                .text(Prose.PURPOSE)
                .paragraph(Prose.FAILURE)
                .paragraph(Prose.UNASKED)
                .section("Commands");
        for (Command command : all) {
            String where = command.page().equals(OVERVIEW) ? "" : " See " + command.page() + "(1).";
            roff.item(synopsis(command), sentence(command.summary()) + where);
        }
        roff.section("Options").text(Prose.OPTIONS);
        options(commands.getLast().groups());
        exitStatus();
        surroundings();
        examples(all);
        return seeAlso();
    }

    private String page() {
        roff.section("Name")
                .text(commands.stream()
                                .map(command -> OVERVIEW + "-" + command.name())
                                .collect(Collectors.joining(", "))
                        + " - " + commands.getFirst().summary())
                .section("Synopsis");
        roff.macro(commands.stream().map(ManualPage::usage).collect(Collectors.joining("\n.br\n")));
        roff.section("Description");
        commands.forEach(this::describe);
        List<OptionGroup> groups = groups();
        boolean isReference = name.equals(reference);
        List<OptionGroup> told = isReference ? List.of() : all.getFirst().groups();
        roff.section("Options");
        options(groups.stream().filter(group -> !told.contains(group)).toList());
        common(groups.stream().filter(told::contains).toList());
        commands.stream()
                .map(Command::chapters)
                .distinct()
                .forEach(chapters -> chapters.forEach((heading, paragraphs) -> {
                    roff.section(heading);
                    paragraphs.forEach(this::paragraph);
                }));
        if (isReference) {
            unbroken();
            progress();
            variables();
        }
        exitStatus();
        surroundings();
        examples(commands);
        return seeAlso();
    }

    /** A paragraph, or an item of a list, whose tag ends with a tab. */
    private void paragraph(String text) {
        int tab = text.indexOf('\t');
        if (tab < 0) {
            roff.paragraph(text);
        } else {
            roff.item(Roff.bold(text.substring(0, tab)), text.substring(tab + 1));
        }
    }

    private void describe(Command command) {
        if (commands.size() > 1) {
            roff.subsection("relay " + command.name());
        }
        command.description().forEach(roff::paragraph);
        String missing = groups().stream()
                .flatMap(group -> group.options().stream())
                .filter(option -> command.groups().stream()
                        .noneMatch(group -> group.options().contains(option)))
                .map(Option::name)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            roff.paragraph("It takes all options below but these: " + missing + ".");
        }
    }

    /** Those of the page, each once: one that is a part of another is told there. */
    private List<OptionGroup> groups() {
        List<OptionGroup> each = commands.stream()
                .flatMap(command -> command.groups().stream())
                .distinct()
                .toList();
        return each.stream()
                .filter(group -> each.stream().noneMatch(other -> isPart(group, other)))
                .toList();
    }

    private static boolean isPart(OptionGroup group, OptionGroup other) {
        return !group.equals(other)
                && group.fullHeading().equals(other.fullHeading())
                && other.options().containsAll(group.options());
    }

    private void options(List<OptionGroup> groups) {
        for (OptionGroup group : groups) {
            roff.subsection(group.fullHeading());
            for (Option option : group.options()) {
                roff.item(names(option), option.description());
            }
        }
    }

    private void common(List<OptionGroup> groups) {
        if (groups.isEmpty()) {
            return;
        }
        roff.section("Common options").text(Prose.common(reference + "(1)"));
        for (OptionGroup group : groups) {
            roff.subsection(group.fullHeading());
            for (Option option : group.options()) {
                roff.item(names(option), Completions.summary(option) + ".");
            }
        }
    }

    private String seeAlso() {
        Stream<String> pages = Stream.concat(
                Stream.concat(Stream.of(OVERVIEW), all.stream().map(Command::page))
                        .distinct(),
                Stream.of("curl"));
        return roff.section("See also")
                .macro(pages.filter(page -> !page.equals(name))
                        .map(page -> Roff.bold(page) + "(1)")
                        .collect(Collectors.joining(", ")))
                .toString();
    }

    private static String names(Option option) {
        String names = option.names().stream().map(Roff::bold).collect(Collectors.joining(", "));
        String label = option.label();
        return label == null ? names : names + " " + Roff.italic(label);
    }

    private void unbroken() {
        roff.section("Unbroken streams").text(UnbrokenStreams.SUMMARY);
        UnbrokenStreams.CHAPTERS.forEach((heading, paragraphs) -> {
            roff.subsection(heading);
            paragraphs.forEach(roff::paragraph);
        });
    }

    private void progress() {
        roff.section("Progress");
        ProgressProse.LINE.forEach(roff::paragraph);
        roff.paragraph(ProgressProse.JSON);
        ProgressProse.MEMBERS.forEach((name, what) -> roff.item(Roff.bold(name), what));
    }

    private void variables() {
        roff.section("Write-out variables").text(Prose.WRITE_OUT);
        for (WriteOutVariable variable : WriteOutVariable.values()) {
            roff.item(
                    Roff.bold("%{" + variable.spelling() + "}"), sentence(variable.meaning()) + unit(variable.unit()));
        }
    }

    private static String unit(WriteOutVariable.Unit unit) {
        return switch (unit) {
            case TEXT, COUNT, DIRECTIVE -> "";
            case STATUS, BYTES, BYTES_PER_SECOND, SECONDS -> " Unit: " + unit.label() + ".";
        };
    }

    private void exitStatus() {
        roff.section("Exit status").text(Prose.EXIT_STATUS);
        for (ExitCode code : ExitCode.values()) {
            roff.item(Roff.bold(Integer.toString(code.value())), sentence(code.what()));
        }
    }

    private void surroundings() {
        roff.section("Environment");
        Prose.ENVIRONMENT.forEach((name, what) -> roff.item(Roff.bold(name), what));
        roff.section("Files");
        Prose.FILES.forEach((name, what) -> roff.item(Roff.italic(name), what));
    }

    private void examples(List<Command> shown) {
        roff.section("Examples");
        for (Command command : shown) {
            for (Command.Example example : command.examples()) {
                roff.paragraph(example.what()).example(example.line());
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
