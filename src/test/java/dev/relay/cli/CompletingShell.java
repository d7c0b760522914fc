package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A shell that completes lines: bash and zsh at a terminal of their own, where a key inserts all that they offer. */
enum CompletingShell {
    BASH {
        @Override
        List<String> command() {
            return List.of("script", "-qec", "bash --noprofile --rcfile \"$ZDOTDIR/.zshrc\" -i", "/dev/null");
        }

        @Override
        String startup() {
            return """
                    source "$SCRIPTS/relay.bash"
                    PS1=
                    report() { printf '%s\\n' "$READLINE_LINE" >>"$OUT"; READLINE_LINE=; READLINE_POINT=0; }
                    bind 'set bell-style none'
                    bind '"\\C-a": insert-completions'
                    bind -x '"\\C-t": report'
                    """;
        }
    },
    ZSH {
        @Override
        List<String> command() {
            return List.of("script", "-qec", "zsh -d -i", "/dev/null");
        }

        @Override
        String startup() {
            return """
                    PS1= RPS1=
                    fpath=("$SCRIPTS" $fpath)
                    autoload -Uz compinit
                    compinit -D -u
                    zle -C all-matches complete-word _generic
                    bindkey '^A' all-matches
                    zstyle ':completion:all-matches::::' completer _all_matches _complete
                    zstyle ':completion:all-matches:*' insert true
                    report() { print -r -- "$BUFFER" >>"$OUT"; BUFFER= }
                    zle -N report
                    bindkey '^T' report
                    """;
        }
    },
    FISH {
        @Override
        List<String> command() {
            return List.of("fish", "--no-config", "-c", "source $ZDOTDIR/.zshrc");
        }

        @Override
        String startup() {
            return """
                    source "$SCRIPTS/relay.fish"
                    while read -l line
                        string match -q exit -- $line; and exit
                        set -l begun (string replace -r '\\x01\\x14$' '' -- $line)
                        set -l offers (complete -C $begun | string replace -r '\\t.*' '')
                        test (count $offers) -eq 0; and set offers (string replace -r '.* ' '' -- $begun)
                        echo (string replace -r '[^ ]*$' '' -- $begun)(string join ' ' -- $offers) >>"$OUT"
                    end
                    """;
        }
    };

    /** Inserts all that is offered, then reports the line. */
    private static final String KEYS = "\u0001\u0014";

    /** How it is started: what it reads first is {@code $ZDOTDIR/.zshrc}. */
    abstract List<String> command();

    /** What the shell reads first. */
    abstract String startup();

    /** Skips the test, by name, where the shell is not installed. */
    void require() {
        Programs.require(name().toLowerCase(Locale.ROOT));
        Programs.require(command().getFirst());
    }

    /** What is offered for each line that is begun, sorted, with blanks between. */
    List<String> offers(Path directory, Path home, List<String> lines) throws Exception {
        Files.writeString(home.resolve(".zshrc"), startup());
        Path out = home.resolve("out");
        var builder =
                new ProcessBuilder(command()).directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectOutput(home.resolve("terminal").toFile());
        builder.environment().put("ZDOTDIR", home.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("OUT", out.toString());
        builder.environment()
                .put("SCRIPTS", Path.of("completions").toAbsolutePath().toString());
        builder.environment().put("TERM", "dumb");
        builder.environment().merge("PATH", addresses(home).toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        try (var keyboard = process.outputWriter()) {
            // fish reads lines, for which a terminal is not needed.
            String end = this == FISH ? "\n" : "";
            for (String line : lines) {
                keyboard.write(line + KEYS + end);
            }
            keyboard.write("exit\n");
            keyboard.flush();
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as(name() + " has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return offered(lines, Files.readAllLines(out));
    }

    /** A directory with a program that tells what addresses a machine has, of which none is asked. */
    private static Path addresses(Path home) throws Exception {
        Path ip = Files.createDirectories(home.resolve("bin")).resolve("ip");
        Files.writeString(ip, """
                #!/bin/sh
                test "$*" = '-o -4 addr' && cat <<'END'
                1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
                2: eth0    inet 192.0.2.7/24 brd 192.0.2.255 scope global eth0\\       valid_lft forever
                END
                """);
        assertThat(ip.toFile().setExecutable(true)).isTrue();
        return ip.resolveSibling("");
    }

    private static List<String> offered(List<String> lines, List<String> completed) {
        assertThat(completed).hasSameSizeAs(lines);
        var offers = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String words = completed.get(i).substring(line.lastIndexOf(' ') + 1);
            boolean isUnchanged = completed.get(i).equals(line);
            offers.add(
                    isUnchanged
                            ? ""
                            : Stream.of(words.strip().split(" ", -1))
                                    .map(CompletingShell::value)
                                    .sorted()
                                    .collect(Collectors.joining(" ")));
        }
        return offers;
    }

    /** Without the option that it is attached to, and without what some shells end an option or a directory with. */
    private static String value(String word) {
        boolean isEnded = word.matches(".*([^/]/|=)");
        String bare = isEnded ? word.substring(0, word.length() - 1) : word;
        return bare.startsWith("--") ? bare.substring(bare.indexOf('=') + 1) : bare;
    }
}
