package dev.relay.cli;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Nearest;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells options, values and operands apart, with the options of one command alone. Knows nothing of their meaning. */
final class Parser {
    private static final String END_OF_OPTIONS = "--";
    private final Command command;
    private final Typed typed = new Typed();
    private final CommandSpec spec = CommandSpec.create();

    private Parser(Command command) {
        this.command = command;
    }

    static Typed parse(Command command, List<String> arguments) throws FaultException {
        return new Parser(command).parse(arguments);
    }

    private Typed parse(List<String> arguments) throws FaultException {
        spec.interpolateVariables(false);
        spec.parser()
                .expandAtFiles(false)
                .overwrittenOptionsAllowed(true)
                // A value may look like an option: -r -400 asks for the last 400 bytes.
                .allowOptionsAsOptionParameters(true);
        for (OptionGroup group : command.groups()) {
            for (Option option : group.options()) {
                spec.addOption(specOf(option));
            }
        }
        var operand = new Occurrence(typed, null);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..1")
                .type(String.class)
                .setter(operand)
                .build());
        try {
            new CommandLine(spec).parseArgs(arguments.toArray(new String[0]));
        } catch (ParameterException e) {
            throw misuse(e, arguments);
        }
        rejectUnknownOptions(arguments);
        return typed;
    }

    private OptionSpec specOf(Option option) {
        var occurrence = new Occurrence(typed, option);
        return OptionSpec.builder(option.names().toArray(new String[0]))
                .type(option.takesValue() ? String.class : boolean.class)
                .arity(option.takesValue() ? "1" : "0")
                .setter(occurrence)
                .build();
    }

    /** What looks like an option, and is none, has been taken for an operand where no option is like it. */
    private void rejectUnknownOptions(List<String> arguments) throws FaultException {
        int end = arguments.indexOf(END_OF_OPTIONS);
        int behind = end < 0 ? 0 : arguments.size() - end - 1;
        for (String operand : typed.operands().subList(0, typed.operands().size() - behind)) {
            if (operand.length() > 1 && operand.startsWith("-")) {
                throw unknown(operand);
            }
        }
    }

    private FaultException misuse(ParameterException e, List<String> arguments) {
        return switch (e) {
            case UnmatchedArgumentException unmatched ->
                unknown(unmatched.getUnmatched().getFirst());
            case MissingParameterException missing
            when missing.getMissing().getFirst() instanceof OptionSpec option ->
                Misuse.of(option.longestName(), "needs a value");
            case MaxValuesExceededException _ -> Misuse.of(flagWithValue(arguments), "takes no value");
            default -> Misuse.of("", Misuse.onOneLine(String.valueOf(e.getMessage())));
        };
    }

    /** The first {@code --flag=value}, or the last letter of a bundle: the parser does not say which it was. */
    private String flagWithValue(List<String> arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 2 || !argument.startsWith("-")) {
                continue;
            }
            String name = argument.startsWith("--") ? argument.substring(0, equals) : "-" + argument.charAt(equals - 1);
            OptionSpec option = spec.findOption(name);
            if (option != null && option.arity().max() == 0) {
                return option.longestName();
            }
        }
        return "";
    }

    private FaultException unknown(String typedName) {
        // In a bundle the letter that is meant stands behind a dash of its own.
        int equals = typedName.indexOf('=');
        String name = equals < 0 ? typedName : typedName.substring(0, equals);
        String shown = Misuse.onOneLine(name);
        if (Verbs.all().stream().anyMatch(other -> knows(other, name))) {
            return Misuse.of(
                    shown, "is no option of " + command.name(), "relay " + command.name() + " --help lists them");
        }
        if (name.equals("-I") && command.name().equals("get")) {
            return Misuse.of(shown, "unknown option", "relay head prints the head");
        }
        String near = name.startsWith("--") ? Nearest.of(name, longNames()) : null;
        return near == null
                ? Misuse.of(shown, "unknown option", "relay " + command.name() + " --help lists them")
                : Misuse.of(shown, "unknown option", "did you mean " + near + "?");
    }

    private static boolean knows(Command other, String name) {
        return other.groups().stream()
                .flatMap(group -> group.options().stream())
                .anyMatch(option -> option.names().contains(name));
    }

    private List<String> longNames() {
        var names = new ArrayList<String>();
        for (OptionGroup group : command.groups()) {
            for (Option option : group.options()) {
                names.addAll(option.names().stream()
                        .filter(name -> name.startsWith("--"))
                        .toList());
            }
        }
        return names;
    }

    /** Notes each time that an option, or an operand, is met. */
    private record Occurrence(Typed typed, @Nullable Option option) implements ISetter {
        @Override
        public <T extends @Nullable Object> T set(T value) {
            // Before it begins, the parser sets every option to nothing.
            if (value != null && option == null) {
                typed.addOperand(value.toString());
            } else if (value != null && option != null) {
                typed.add(option, value.toString());
            }
            return value;
        }
    }
}
