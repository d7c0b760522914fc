package dev.relay.cli;

import dev.relay.cli.docs.HelpPage;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.CommonOptions;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;

/** {@code relay help [COMMAND]}: the short page about relay, or everything about a command. */
final class HelpVerb implements Verb {
    static final String ALL = "all";

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
        return List.of(
                "Prints the short page about relay; with COMMAND, everything about that command, where relay COMMAND --help"
                        + " has the options that are used most; with the word all, everything about all commands.");
    }

    @Override
    public String page() {
        return "relay";
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
        List<String> words = new ArrayList<>(typed.operands());
        boolean all = words.remove(ALL);
        if (words.size() > 1) {
            throw Misuse.of(Misuse.quoted(words.get(1)), "help takes one command");
        }
        if (words.isEmpty()) {
            return new Invocation.Print(all ? HelpPage.everything(Verbs.all()) : overview());
        }
        return page(named(words.getFirst()), true);
    }

    static String overview() {
        return HelpPage.overview(Verbs.all());
    }

    static Invocation page(Verb verb, boolean all) {
        return new Invocation.Print(all ? HelpPage.full(verb) : HelpPage.of(verb));
    }

    private static Verb named(String name) throws FaultException {
        Verb verb = Verbs.named(name);
        if (verb == null) {
            throw UrlOperand.unknownCommand(name);
        }
        return verb;
    }
}
