package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.nio.file.Files;
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
        var pages = new StringBuilder(TypedLine.in(directory).printed("help", "all"));
        for (Command command : Verbs.all()) {
            pages.append(TypedLine.in(directory).printed("help", command.name()));
        }
        assertThat(pages.toString().lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(80).doesNotEndWith(" "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theFullPageNamesEveryOptionOfItsCommand(Command command) throws Exception {
        String page = TypedLine.in(directory).printed("help", command.name());

        for (Option option : options(command)) {
            assertThat(page).contains(String.join(", ", option.names()));
        }
        assertThat(TypedLine.in(directory).printed(command.name(), "--help", "all"))
                .isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theShortPageShowsWhatIsUsedMostAndSaysHowMuchMoreThereIs(Command command) throws Exception {
        String page = TypedLine.in(directory).printed(command.name(), "--help");

        List<Option> hidden = options(command).stream()
                .filter(option -> !page.matches("(?s).*\\n {2,6}" + String.join(", ", option.names()) + "[ \\n].*"))
                .toList();
        assertThat(hidden).noneMatch(Option::isOften);
        assertThat(page.lines()).hasSizeLessThan(90);
        if (hidden.isEmpty()) {
            assertThat(page).doesNotContain("--help all lists");
        } else {
            assertThat(page)
                    .contains("relay " + command.name() + " --help all lists " + hidden.size() + " options more");
        }
    }

    @Test
    void whatMayBeTypedSeveralTimesIsCalledRepeatable() throws Exception {
        String page = TypedLine.in(directory).printed("get", "--help").replaceAll("\\s+", " ");

        for (String option : List.of("-H", "-b", "-d", "--json", "-F", "--tee", "--checksum")) {
            assertThat(page).containsPattern(" " + option + "[, ][^.]+(\\.[0-9][^.]*)?\\. Repeatable\\. ");
        }
        assertThat(page).doesNotContainPattern(" -o, [^.]+\\. Repeatable");
    }

    @Test
    void allThatThereIsToTellIsToldOnce() throws Exception {
        String pages = TypedLine.in(directory).printed("help", "all");

        for (Option option : Verbs.all().stream()
                .flatMap(command -> options(command).stream())
                .distinct()
                .toList()) {
            String names = "\n {2,6}" + String.join(", ", option.names()) + "[ \n]";
            assertThat(pages.split(names, -1).length - 1).as(names).isEqualTo(1);
        }
    }

    @Test
    void whatPeopleDoIsFiveLinesThatNameCommandsThatThereAre() throws Exception {
        List<String> lines = TypedLine.in(directory)
                .printed("help")
                .lines()
                .filter(line -> line.startsWith("  relay "))
                .toList();

        assertThat(lines).hasSize(5);
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(Verbs.NAMES).contains(line.strip().split(" ", -1)[1]));
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
            assertThat(line).contains("relay " + command.name()).hasSizeLessThan(78);
            Files.writeString(directory.resolve("password"), "secret\n");
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
