package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for fish. */
final class FishScript {
    private static final String HEAD = """
            # fish completion for relay
            # @NOTE@

            function __relay_command
                set -l words (commandline -opc)
                if set -q words[2]; and contains -- $words[2] @COMMANDS@
                    echo $words[2]
                else
                    echo get
                end
            end

            function __relay_first
                test (count (commandline -opc)) -eq 1
            end

            # What has been typed of the value, without the option that it is attached to.
            function __relay_value
                string replace -r '^--[^=]*=' '' -- (commandline -ct)
            end

            function __relay_at_file
                set -l word (__relay_value)
                string match -q '@*' -- $word; and printf '@%s\\n' (complete -C "__relay_none "(string sub -s 2 -- $word))
            end

            function __relay_form_file
                set -l parts (string match -r '^([^=]*=@)(.*)' -- (__relay_value))
                and printf '%s\\n' $parts[2](complete -C "__relay_none "$parts[3])
            end

            # A column of what ip tells of this machine, a line for each of its IPv4 addresses.
            function __relay_ip
                ip -o -4 addr 2>/dev/null | awk -v column=$argv[1] '{ sub("/.*", "", $column); print $column }'
            end

            complete -c relay -f
            """;

    private FishScript() {}

    static String of(List<Command> commands) {
        String names = commands.stream().map(Command::name).collect(Collectors.joining(" "));
        var script = new StringBuilder(HEAD.replace("@NOTE@", Completions.NOTE).replace("@COMMANDS@", names));
        for (Command command : commands) {
            line(script, "__relay_first", " -a " + command.name() + " -d " + quoted(command.summary()));
            String words = String.join(" ", command.operandCompletion().choices());
            if (!words.isEmpty()) {
                line(script, "not __relay_first; and " + in(command.name()), " -a " + quoted(words));
            } else if (command.operandCompletion().kind() == Completion.Kind.FILE) {
                line(script, "not __relay_first; and " + in(command.name()), " -F");
            }
        }
        for (Option option : Completions.options(commands)) {
            String having = commands.stream()
                    .filter(command -> Completions.options(command).contains(option))
                    .map(Command::name)
                    .collect(Collectors.joining(" "));
            line(script, in(having), names(option) + value(option) + " -d " + quoted(Completions.summary(option)));
        }
        return script.toString();
    }

    private static void line(StringBuilder script, String condition, String rest) {
        script.append("complete -c relay -n ")
                .append(quoted(condition))
                .append(rest)
                .append('\n');
    }

    private static String in(String commands) {
        return "contains -- (__relay_command) " + commands;
    }

    private static String names(Option option) {
        return option.names().stream()
                .map(name -> Completions.isLong(name) ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    private static String value(Option option) {
        Completion completion = option.completion();
        if (!option.takesValue()) {
            return "";
        }
        return switch (completion.kind()) {
            case NONE, URL -> " -x";
            case FILE -> " -r -F";
            case AT_FILE -> " -x -a '(__relay_at_file)'";
            case FORM_FILE -> " -x -a '(__relay_form_file)'";
            case ADDRESS -> " -x -a '0.0.0.0 (__relay_ip 4)'";
            case INTERFACE -> " -x -a '(__relay_ip 2; __relay_ip 4)'";
            case DIRECTORY -> " -x -a '(__fish_complete_directories)'";
            case CHOICE -> " -x -a " + quoted(String.join(" ", completion.choices()));
        };
    }

    private static String quoted(String text) {
        return Completions.quoted(text, "\\'");
    }
}
