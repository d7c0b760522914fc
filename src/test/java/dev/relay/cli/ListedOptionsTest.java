package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command lists it takes, for one of the things at least that it can be told to do. */
class ListedOptionsTest {
    private static final String URL = "http://127.0.0.1:1/a";

    /** Values that make sense, where 1 makes none. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("--header", "X: y"),
            Map.entry("--request", "HEAD"),
            Map.entry("--retry-on", "5xx"),
            Map.entry("--range", "0-1"),
            Map.entry("--form", "a=b"),
            Map.entry("--form-string", "a=b"),
            Map.entry("--proto-redir", "=https"),
            Map.entry("--resolve", "a:1:127.0.0.1"),
            Map.entry("--connect-to", "a:1:b:2"),
            Map.entry("--interface", "127.0.0.1"),
            Map.entry("--proxy-user", "a:b"),
            Map.entry("--proxy-header", "X: y"),
            Map.entry("--user", "a:b"),
            Map.entry("--auth", "a:b"),
            Map.entry("--tls-max", "1.3"),
            Map.entry("--cert-type", "PEM"),
            Map.entry("--key-type", "PEM"),
            Map.entry("--pinnedpubkey", "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            Map.entry("--checksum", "md5:d41d8cd98f00b204e9800998ecf8427e"),
            Map.entry("--segment-size", "64K"),
            Map.entry("--progress", "json"),
            Map.entry("--bind", "127.0.0.1"),
            Map.entry("--path", "/a"),
            Map.entry("--header-policy", "all"),
            Map.entry("--add-header", "A: b"),
            Map.entry("--type", "text/plain"),
            Map.entry("--ping", "20"));

    /** What the others need beside them. */
    private static final List<List<String>> BESIDE = List.of(
            List.of(),
            List.of("-o", "out"),
            List.of("-O"),
            List.of("--hold"),
            List.of("-X", "GET"),
            List.of("-X", "GET", "-o", "out"),
            List.of("-X", "GET", "--parallel", "2"),
            List.of("-G"),
            List.of("--parallel", "2"),
            List.of("--tls-cert", "file"),
            List.of("--cert", "file"),
            List.of("--duplex"),
            List.of("-d", "x"),
            List.of("-T", "file"));

    /** Listed to say that it is refused. */
    private static final List<String> REFUSED = List.of("--abstract-unix-socket");

    @TempDir
    Path directory;

    @BeforeEach
    void aFileIsThere() throws Exception {
        Files.writeString(directory.resolve("file"), "# nothing\n");
    }

    static Stream<Command> commands() {
        return Verbs.all().stream();
    }

    private static List<List<String>> operands(Command command) {
        return switch (command.name()) {
            case "serve" -> List.of(List.of(URL), List.of("file"));
            case "listen", "help" -> List.of(List.of());
            case "completion" -> List.of(List.of("bash"));
            case "duplex" -> List.of(List.of(URL), List.of("ws://127.0.0.1:1/"));
            default -> List.of(List.of(URL));
        };
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatIsListedIsTaken(Command command) {
        var refused = new ArrayList<String>();
        for (OptionGroup group : command.groups()) {
            for (Option option : group.options()) {
                for (String name : option.names()) {
                    String why = refusal(command, option, name);
                    if (why != null) {
                        refused.add(name + ": " + why);
                    }
                }
            }
        }
        assertThat(refused).as("relay " + command.name()).isEmpty();
    }

    /** Why the command takes the option in no way; null when it does in one. */
    private @Nullable String refusal(Command command, Option option, String name) {
        if (REFUSED.contains(name)) {
            return null;
        }
        String first = null;
        for (List<String> operand : operands(command)) {
            for (List<String> beside : BESIDE) {
                var argv = new ArrayList<String>(List.of(command.name(), name));
                if (option.takesValue()) {
                    argv.add(value(option));
                }
                argv.addAll(beside);
                argv.addAll(operand);
                String refusal = refusal(argv);
                if (refusal == null) {
                    return null;
                }
                first = first == null ? refusal : first;
            }
        }
        return first;
    }

    private static String value(Option option) {
        String label = String.valueOf(option.label());
        return VALUES.getOrDefault(
                option.name(), label.equals("FILE") ? "file" : label.endsWith("HOST[:PORT]") ? "127.0.0.1:1" : "1");
    }

    /** Why that is a misuse; null when it is none, whatever else is wrong with it. */
    private @Nullable String refusal(List<String> argv) {
        try {
            TypedLine.in(directory).read(argv.toArray(new String[0]));
            return null;
        } catch (FaultException e) {
            Fault fault = e.fault();
            return fault.code() == ExitCode.USAGE ? fault.message() : null;
        }
    }

    /** What would mean nothing is not listed, and typing it is a misuse that says so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "head --events " + URL,
                "head -F a=b " + URL,
                "head -T file " + URL,
                "head -C -o out " + URL,
                "head --parallel 2 " + URL,
                "head --checksum md5:d41d8cd98f00b204e9800998ecf8427e " + URL,
                "serve -r 0-1 " + URL,
                "serve --events " + URL,
                "serve -c jar " + URL,
                "serve -o out " + URL,
                "listen -u a:b",
                "listen --max-time 1",
                "listen --count 2",
                "duplex -d x " + URL,
                "duplex --retry 1 " + URL,
                "duplex --compressed " + URL
            })
    void whatIsNotListedIsNotTaken(String line) {
        String[] argv = line.split(" ", -1);
        Fault fault = TypedLine.in(directory).fault(argv);

        assertThat(fault.code()).isEqualTo(ExitCode.USAGE);
        assertThat(fault.why()).isEqualTo("is no option of " + argv[0]);
    }

    @Test
    void whatNoCommandKnowsIsUnknown() {
        assertThat(TypedLine.in(directory).fault("serve", "--no-such", URL).why())
                .isEqualTo("unknown option");
    }
}
