package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the help pages promise, for every command and every option. */
class HelpPageTest {
    @TempDir
    Path directory;

    static Stream<Command> commands() {
        return Verbs.all().stream();
    }

    private static List<Option> options(Command command) {
        return command.groups().stream()
                .map(OptionGroup::options)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everythingFitsEightyColumns() throws Exception {
        assertThat(TypedLine.in(directory).printed("help", "all").lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(80).doesNotEndWith(" "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageNamesEveryOptionOfItsCommand(Command command) throws Exception {
        String page = TypedLine.in(directory).printed("help", command.name());

        for (Option option : options(command)) {
            assertThat(page).contains(String.join(", ", option.names()));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOptionHasALongNameOfItsOwnAndSentencesThatDescribeIt(Command command) {
        Set<String> seen = new HashSet<>();
        for (Option option : options(command)) {
            assertThat(option.name()).startsWith("--");
            assertThat(option.description()).endsWith(".").doesNotContain("  ").matches("^[A-Z].*");
            assertThat(option.names())
                    .allSatisfy(name -> assertThat(seen.add(name)).as(name).isTrue());
        }
    }

    @Test
    void everyCommandCanBeNamed() {
        assertThat(Verbs.all()).extracting(Command::name).isEqualTo(Verbs.NAMES);
        for (Command command : Verbs.all()) {
            assertThat(Verbs.named(command.name())).hasSameClassAs(command);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theExamplesAreCommandLinesThatAreUnderstood(Command command) throws Exception {
        for (Command.Example example : command.examples()) {
            String line = example.line();
            assertThat(line).contains("relay " + command.name()).hasSizeLessThan(80);
            int from = line.indexOf("relay ") + "relay ".length();
            String end = line.substring(from);
            TypedLine.in(directory)
                    .read(words(end.substring(
                            0, end.length() - end.replaceFirst("^[^|>)]*", "").length())));
        }
    }

    /** As a shell would split it. */
    private static String[] words(String line) {
        return Stream.of(line.strip().split(" (?=(?:[^']*'[^']*')*[^']*$)", -1))
                .map(word -> word.replace("'", ""))
                .toArray(String[]::new);
    }
}
