package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for zsh, to be found in fpath or to be sourced. */
final class ZshScript {
    private static final String SCRIPT = """
            #compdef relay
            # @NOTE@

            # A column of what ip tells of this machine, a line for each of its IPv4 addresses.
            _relay_ip() {
              ip -o -4 addr 2>/dev/null | awk -v column=$1 '{ sub("/.*", "", $column); print $column }'
            }

            _relay() {
              local command=get
              local -a commands=(
            @COMMANDS@  )
              if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
                _describe -t commands 'command or URL' commands
                return
              fi
              case $words[2] in
                (@COMMAND_PATTERN@)
                  command=$words[2]
                  shift words
                  (( CURRENT-- ))
                  ;;
              esac
              case $command in
            @ARGUMENTS@  esac
            }

            if [[ $funcstack[1] == _relay ]]; then
              _relay "$@"
            else
              compdef _relay relay
            fi
            """;

    private ZshScript() {}

    static String of(List<Command> commands) {
        var names = new StringBuilder();
        var arguments = new StringBuilder();
        for (Command command : commands) {
            names.append("    ")
                    .append(quoted(command.name() + ":" + command.summary().replace(":", "\\:")))
                    .append('\n');
            arguments(arguments, command);
        }
        return SCRIPT.replace("@NOTE@", Completions.NOTE)
                .replace("@COMMANDS@", names)
                .replace(
                        "@COMMAND_PATTERN@",
                        commands.stream().map(Command::name).collect(Collectors.joining("|")))
                .replace("@ARGUMENTS@", arguments);
    }

    private static void arguments(StringBuilder script, Command command) {
        script.append("    (").append(command.name()).append(")\n      _arguments -s -S");
        for (Option option : Completions.options(command)) {
            for (String name : option.names()) {
                script.append(" \\\n        ").append(quoted(specification(option, name)));
            }
        }
        script.append(" \\\n        ").append(quoted(":" + escaped(command.operands()) + operand(command)));
        script.append("\n      ;;\n");
    }

    /** {@code *--output=[Write the body to FILE]:FILE:_files}. */
    private static String specification(Option option, String name) {
        String label = option.label();
        String attached = Completions.isLong(name) ? "=" : "+";
        return "*" + name + (label == null ? "" : attached) + "[" + bracketed(Completions.summary(option)) + "]"
                + (label == null ? "" : ":" + escaped(label) + action(option.completion()));
    }

    /** A message beside the one option that fits would keep zsh from inserting that. */
    private static String operand(Command command) {
        return switch (command.operandCompletion().kind()) {
            case CHOICE, FILE, DIRECTORY, AT_FILE, FORM_FILE, ADDRESS, INTERFACE -> action(command.operandCompletion());
            case NONE, URL -> ":{[[ $PREFIX == -* ]] || _message " + command.operands() + "}";
        };
    }

    private static String action(Completion completion) {
        return switch (completion.kind()) {
            case NONE, URL -> ": ";
            case FILE -> ":_files";
            case AT_FILE -> ":{compset -P @ && _files}";
            case FORM_FILE -> ":{compset -P \"*=@\" && _files}";
            case ADDRESS -> ":{compadd - 0.0.0.0 $(_relay_ip 4)}";
            case INTERFACE -> ":{compadd - $(_relay_ip 2) $(_relay_ip 4)}";
            case DIRECTORY -> ":_files -/";
            case CHOICE ->
                completion.isBegun()
                        ? ":{compadd -S \"\" - " + escaped(String.join(" ", completion.choices())) + "}"
                        // An unprotected = at the start of a word would be looked up as a command.
                        : ":(" + String.join(" ", completion.choices()).replace("=", "\\=") + ")";
        };
    }

    private static String escaped(String label) {
        return label.replace(":", "\\:");
    }

    private static String bracketed(String text) {
        return text.replace("[", "\\[").replace("]", "\\]");
    }

    private static String quoted(String text) {
        return Completions.quoted(text, "'\\''");
    }
}
