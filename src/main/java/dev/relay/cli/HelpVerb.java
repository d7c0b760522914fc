package dev.relay.cli;

import dev.relay.cli.docs.HelpPage;
import dev.relay.cli.model.Command;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.CommonOptions;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;

/** {@code relay help [COMMAND]}: the short page, or that of a command. */
final class HelpVerb implements Verb {
    private static final String ALL = "all";

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String operands() {
        return "[COMMAND|all]";
    }

    @Override
    public String summary() {
        return "show the help of relay, of a command, or of all commands";
    }

    @Override
    public List<String> description() {
        return List.of("Prints the short page about relay, the page of COMMAND, or all pages.");
    }

    @Override
    public List<OptionGroup> groups() {
        return List.of(CommonOptions.GROUP);
    }

    @Override
    public Completion operandCompletion() {
        var words = new ArrayList<>(Verbs.NAMES);
        words.set(words.indexOf(name()), ALL);
        return Completion.choice(words.toArray(new String[0]));
    }

    @Override
    public Invocation read(Typed typed, Surroundings surroundings) throws FaultException {
        if (typed.operands().size() > 1) {
            throw Misuse.of(Misuse.quoted(typed.operands().get(1)), "help takes one command");
        }
        if (typed.operands().isEmpty()) {
            return overview();
        }
        String name = typed.operands().getFirst();
        return name.equals(ALL) ? everything() : page(name);
    }

    static Invocation overview() {
        return new Invocation.Print(HelpPage.overview(Verbs.all()));
    }

    private static Invocation page(String name) throws FaultException {
        Verb verb = Verbs.named(name);
        if (verb == null) {
            String near = Nearest.of(name, Verbs.NAMES);
            throw Misuse.of(
                    Misuse.quoted(name),
                    "unknown command",
                    near == null ? "relay help lists them" : "did you mean " + near + "?");
        }
        return new Invocation.Print(HelpPage.of(verb));
    }

    private static Invocation everything() {
        var pages = new StringBuilder(HelpPage.overview(Verbs.all()));
        for (Command command : Verbs.all()) {
            pages.append('\n').append(HelpPage.of(command));
        }
        return new Invocation.Print(pages.toString());
    }
}
