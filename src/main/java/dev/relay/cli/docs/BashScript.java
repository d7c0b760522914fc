package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for bash, 3.2 and later. */
final class BashScript {
    private static final String HEAD = """
            # bash completion for relay
            # @NOTE@

            _relay_offer() {
                local word
                while IFS= read -r word; do
                    [[ ${1-} ]] && printf -v word '%s%q' "$1" "$word"
                    COMPREPLY+=("$word")
                done
            }

            # A column of what ip tells of this machine, a line for each of its IPv4 addresses.
            _relay_ip() {
                ip -o -4 addr 2>/dev/null | awk -v column="$1" '{ sub("/.*", "", $column); print $column }'
            }

            _relay() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=get options words files letters i
                COMPREPLY=()

                # bash takes --option=value for three words, @FILE for two, --option=@FILE for three.
                if [[ $cur == "=" ]]; then
                    cur=
                elif [[ $cur == "=@" ]]; then
                    cur=@
                elif [[ $COMP_CWORD -gt 2 && $prev =~ ^(=|@|=@)$ ]]; then
                    [[ $prev == *@ ]] && cur=@$cur
                    prev=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                # -F NAME=@FILE is four words, --form=NAME=@FILE five.
                if [[ $cur == @* && $COMP_CWORD -gt 3 ]]; then
                    for ((i = COMP_CWORD - 3; i >= COMP_CWORD - 4; i--)); do
                        [[ ${COMP_WORDS[i]} == -F || ${COMP_WORDS[i]} == --form ]] && prev=--form
                    done
                fi
                # Of short options in one word, the first that takes a value takes the rest, or the next word.
                if [[ $prev == -[!-]* ]]; then
                    letters=${prev#-}
                    prev=
                    while [[ $letters ]]; do
                        if [[ '@VALUED@' == *"${letters:0:1}"* ]]; then
                            [[ ${#letters} -eq 1 ]] && prev=-$letters
                            break
                        fi
                        letters=${letters:1}
                    done
                fi

                case $prev in
            @VALUES@    esac

                if [[ $COMP_CWORD -eq 1 && $cur != -* ]]; then
                    _relay_offer < <(compgen -W '@COMMANDS@' -- "$cur")
                    return
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    [[ ${COMP_WORDS[i]} == -- ]] && return
                done
                case ${COMP_WORDS[1]} in
                    @COMMAND_PATTERN@) command=${COMP_WORDS[1]} ;;
                esac
                case $command in
            @OPTIONS@    esac
                if [[ $cur == -* ]]; then
                    _relay_offer < <(compgen -W "$options" -- "$cur")
                elif [[ $words ]]; then
                    _relay_offer < <(compgen -W "$words" -- "$cur")
                elif [[ $files ]]; then
                    compopt -o filenames 2>/dev/null
                    _relay_offer < <(compgen -f -- "$cur")
                fi
            }

            complete -F _relay relay
            """;

    private BashScript() {}

    static String of(List<Command> commands) {
        List<Option> options = Completions.options(commands);
        return HEAD.replace("@NOTE@", Completions.NOTE)
                .replace("@VALUED@", shortNames(options))
                .replace("@VALUES@", values(options))
                .replace("@COMMANDS@", joined(commands, " "))
                .replace("@COMMAND_PATTERN@", joined(commands, " | "))
                .replace("@OPTIONS@", perCommand(commands));
    }

    private static String joined(List<Command> commands, String by) {
        return commands.stream().map(Command::name).collect(Collectors.joining(by));
    }

    private static String shortNames(List<Option> options) {
        return options.stream()
                .filter(Option::takesValue)
                .flatMap(option -> option.names().stream())
                .filter(name -> !Completions.isLong(name))
                .map(name -> name.substring(1))
                .collect(Collectors.joining());
    }

    private static String values(List<Option> options) {
        var values = new LinkedHashSet<Completion>();
        for (Option option : options) {
            if (option.takesValue()) {
                values.add(option.completion());
            }
        }
        var cases = new StringBuilder();
        for (Completion value : values) {
            cases.append("        ")
                    .append(String.join(" | ", Completions.names(options, value)))
                    .append(")\n")
                    .append(offer(value))
                    .append("            return\n            ;;\n");
        }
        return cases.toString();
    }

    private static String offer(Completion value) {
        return switch (value.kind()) {
            case NONE, URL -> "";
            case FILE -> offer("filenames", "-f", "$cur");
            case ADDRESS -> offer("", "-W \"0.0.0.0 $(_relay_ip 4)\"", "$cur");
            case INTERFACE -> offer("", "-W \"$(_relay_ip 2) $(_relay_ip 4)\"", "$cur");
            case AT_FILE, FORM_FILE -> """
                            if [[ $cur == @* ]]; then
                                _relay_offer @ < <(compgen -f -- "${cur#@}")
                            fi
                """;
            case DIRECTORY -> offer("filenames", "-d", "$cur");
            case CHOICE ->
                offer(value.isBegun() ? "nospace" : "", "-W '" + String.join(" ", value.choices()) + "'", "$cur");
        };
    }

    /** What compgen offers, with that option of the completion when it is not empty. */
    private static String offer(String option, String what, String begun) {
        return (option.isEmpty() ? "" : "            compopt -o " + option + " 2>/dev/null\n")
                + "            _relay_offer < <(compgen " + what + " -- \"" + begun + "\")\n";
    }

    private static String perCommand(List<Command> commands) {
        var cases = new LinkedHashMap<String, String>();
        for (Command command : commands) {
            String names = Completions.options(command).stream()
                    .flatMap(option -> option.names().stream())
                    .collect(Collectors.joining(" "));
            String words = String.join(" ", command.operandCompletion().choices());
            boolean files = command.operandCompletion().kind() == Completion.Kind.FILE;
            String body = assignment("options", names)
                    + (words.isEmpty() ? "" : assignment("words", words))
                    + (files ? assignment("files", "yes") : "");
            cases.merge(body, command.name(), (one, other) -> one + " | " + other);
        }
        var script = new StringBuilder();
        cases.forEach((body, names) -> script.append("        ")
                .append(names)
                .append(")\n")
                .append(body)
                .append("            ;;\n"));
        return script.toString();
    }

    private static String assignment(String variable, String value) {
        return "            " + variable + "='" + value + "'\n";
    }
}
