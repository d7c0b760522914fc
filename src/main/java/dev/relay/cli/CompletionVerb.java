package dev.relay.cli;

import dev.relay.cli.docs.Shell;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.CommonOptions;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.util.List;

/** {@code relay completion SHELL}: the completion script. */
final class CompletionVerb implements Verb {
    private static final String HINT = "bash, zsh or fish";

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String operands() {
        return "bash|zsh|fish";
    }

    @Override
    public String summary() {
        return "print the completion script for a shell";
    }

    @Override
    public List<String> description() {
        return List.of("Prints the script that makes the shell complete relay's commands, options and values.");
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("source <(relay completion bash)", "Complete in this bash; in ~/.bashrc, in every one."),
                new Example(
                        "relay completion zsh > ~/.zfunc/_relay", "Complete in zsh; the directory is one of fpath."),
                new Example("relay completion fish | source", "Complete in this fish."));
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
        return Completion.choice("bash", "zsh", "fish");
    }

    @Override
    public Invocation read(Typed typed, Surroundings surroundings) throws FaultException {
        if (typed.operands().size() != 1) {
            throw Misuse.of("relay completion", "takes the name of one shell", HINT);
        }
        String name = typed.operands().getFirst();
        Shell shell = Shell.named(name);
        if (shell == null) {
            throw Misuse.of("relay completion", Misuse.quoted(name) + " is not a shell it knows", HINT);
        }
        return new Invocation.Print(shell.script(Verbs.all()));
    }
}
