package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.plan.Delivery.Named;
import dev.relay.plan.Plan;
import dev.relay.plan.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a command line is taken apart. */
class ArgumentsTest {
    @TempDir
    Path directory;

    private TypedLine here() {
        return TypedLine.in(directory);
    }

    @Test
    void aUrlAloneIsGot() throws Exception {
        assertThat(here().plan("http://localhost/x"))
                .isEqualTo(here().plan("get", "http://localhost/x"))
                .extracting(plan -> plan.request().method())
                .isEqualTo("GET");
    }

    @Test
    void optionsAloneAreThoseOfGet() throws Exception {
        assertThat(here().plan("-s", "http://localhost/x").telling().silent()).isTrue();
    }

    @Test
    void headSendsHeadAndDeliversTheHead() throws Exception {
        Plan plan = here().plan("head", "http://localhost/x");

        assertThat(plan.request().isHead()).isTrue();
        assertThat(plan.delivery().includeHead()).isTrue();
    }

    @Test
    void shortOptionsBundleAndValuesAreAttached() throws Exception {
        Plan plan = here().plan("get", "-sSfLvofile", "-HA: 1", "--header=B: x=y", "http://localhost/x");

        assertThat(plan.telling().silent()).isTrue();
        assertThat(plan.telling().verbose()).isTrue();
        assertThat(plan.delivery().body())
                .first()
                .extracting(it -> ((Named) it).path())
                .isEqualTo(directory.resolve("file"));
        assertThat(plan.request().headers().first("A")).contains("1");
        assertThat(plan.request().headers().first("B")).contains("x=y");
    }

    @Test
    void optionsAndOperandsMix() throws Exception {
        Plan plan = here().plan("get", "http://localhost/x", "-s", "--max-redirs", "3");

        assertThat(plan.telling().silent()).isTrue();
        assertThat(plan.redirects().max()).isEqualTo(3);
    }

    @Test
    void aDoubleDashEndsOptions() throws Exception {
        assertThat(here().plan("get", "-s", "--", "http://localhost/-x")
                        .request()
                        .url()
                        .path())
                .isEqualTo("/-x");
        assertThat(here().fault("get", "--", "--silent", "http://localhost/").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aValueMayLookLikeAnOption() throws Exception {
        assertThat(here().plan("get", "-r", "-400", "http://localhost/")
                        .request()
                        .range())
                .isEqualTo("-400");
        assertThat(here().plan("get", "-A", "-s", "http://localhost/").telling().silent())
                .isFalse();
    }

    @Test
    void theLastValueCounts() throws Exception {
        assertThat(here().plan("get", "-A", "one", "-A", "two", "http://localhost/")
                        .request()
                        .headers()
                        .first("User-Agent"))
                .contains("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpAloneIsTheShortPage(String argument) throws Exception {
        assertThat(here().printed(argument))
                .contains("Usage: relay [get]", "relay get URL | tool")
                .satisfies(page -> assertThat(page.lines()).hasSizeLessThan(40));
    }

    @ParameterizedTest
    @CsvSource({"get,--help", "get,-h"})
    void helpOfACommandIsItsPage(String first, String second) throws Exception {
        assertThat(here().printed(first, second))
                .startsWith("Usage: relay get")
                .contains("--output FILE")
                .doesNotContain("--max-redirs");
    }

    @ParameterizedTest
    @CsvSource({"get,--help,all", "get,-h,all", "help,get,all", "help,all,get"})
    void allHelpOfACommandHasAllOfItsOptions(String first, String second, String third) throws Exception {
        assertThat(here().printed(first, second, third))
                .startsWith("Usage: relay get")
                .contains("--max-redirs N")
                .isEqualTo(here().printed("help", "get"));
    }

    @Test
    void helpNeedsNoUrlAndComesBeforeOneThatIsMalformed() throws Exception {
        assertThat(here().printed("head", "--help", ":::")).startsWith("Usage: relay head");
    }

    @ParameterizedTest
    @CsvSource({"help,all", "--help,all"})
    void helpOfAllHasThePageOfEachCommand(String first, String second) throws Exception {
        assertThat(here().printed(first, second))
                .contains("Usage: relay get", "Usage: relay head", "Usage: relay completion", "Usage: relay help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void theVersionNamesTheJdkAndTheHttpClient(String option) throws Exception {
        String line = "relay " + Version.NUMBER + " (commit none, JDK "
                + Runtime.version().feature();

        assertThat(here().printed(option))
                .startsWith(line)
                .endsWith(", java.net.http, relay's own HTTP/1.1 and HTTP/2)\n")
                .hasLineCount(1);
        assertThat(here().printed("get", option)).startsWith(line);
    }
}
