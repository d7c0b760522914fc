package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.plan.Delivery;
import dev.relay.plan.Delivery.FileRules;
import dev.relay.plan.Delivery.Named;
import dev.relay.plan.Delivery.OnError;
import dev.relay.plan.Delivery.Remote;
import dev.relay.plan.Delivery.Stdout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the bytes go, and which places are refused. */
class OutputsTest {
    private static final FileRules PLAIN = new FileRules(false, false);
    private static final Stdout STDOUT = new Stdout(false);

    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws Exception {
        Files.writeString(directory.resolve("old"), "old");
        Files.createDirectory(directory.resolve("sub"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("old"));
        Files.createSymbolicLink(directory.resolve("loop"), directory);
    }

    private Delivery delivery(String... arguments) throws Exception {
        return TypedLine.in(directory).plan(TypedLine.withUrl(arguments)).delivery();
    }

    private Fault fault(String arguments) {
        return TypedLine.in(directory).fault(TypedLine.withUrl(arguments.split(" ", -1)));
    }

    private Named named(String name) {
        return new Named(directory.resolve(name), PLAIN);
    }

    @Test
    void theBodyGoesToStandardOutput() throws Exception {
        assertThat(delivery().body()).containsExactly(STDOUT);
        assertThat(delivery("--raw").body()).containsExactly(new Stdout(true));
        assertThat(delivery("-o", "-").body()).containsExactly(STDOUT);
        assertThat(delivery("-o/dev/stdout").body()).containsExactly(STDOUT);
    }

    @Test
    void orToAFileAndToOthersToo() throws Exception {
        assertThat(delivery("-o", "new", "--tee", "-", "--tee=sub/x").body())
                .containsExactly(named("new"), STDOUT, named("sub/x"));
        assertThat(delivery("-o", "old", "--output=old").body()).containsExactly(named("old"));
        assertThat(delivery("-o", "/dev/null", "--tee", "/dev/null", "-D/dev/null")
                        .body())
                .hasSize(2);
    }

    @Test
    void orToAFileNamedByTheUrlOrTheServer() throws Exception {
        Path here = directory.resolve(".").normalize();
        assertThat(delivery("-O").body()).containsExactly(new Remote(here, "file.txt", false, PLAIN));
        assertThat(delivery("-OJ").body()).containsExactly(new Remote(here, "file.txt", true, PLAIN));
        assertThat(delivery("-J").body()).containsExactly(new Remote(here, "file.txt", true, PLAIN));
        assertThat(TypedLine.in(directory).plan("-J", "localhost").delivery().body())
                .containsExactly(new Remote(here, null, true, PLAIN));
    }

    @Test
    void inADirectoryThatMayHaveToBeMade() throws Exception {
        var rules = new FileRules(true, true);

        assertThat(delivery("-o", "a/b", "--output-dir", "new", "--create-dirs", "--no-clobber")
                        .body())
                .containsExactly(new Named(directory.resolve("new/a/b"), rules));
        assertThat(delivery("-O", "--output-dir", "new/er", "--create-dirs", "--no-clobber")
                        .body())
                .containsExactly(new Remote(directory.resolve("new/er"), "file.txt", false, rules));
        assertThat(delivery("-o", "/dev/null", "--output-dir", "sub").body())
                .containsExactly(new Named(Path.of("/dev/null"), PLAIN));
    }

    @Test
    void headsGoBeforeTheBodyOrToAFile() throws Exception {
        assertThat(delivery("-i").includeHead()).isTrue();
        assertThat(delivery("--show-headers").includeHead()).isTrue();
        assertThat(delivery("-D", "heads").headFile()).isEqualTo(named("heads"));
        assertThat(delivery("-D", "-").headFile()).isEqualTo(STDOUT);
        assertThat(delivery("-iD-", "-o", "x").headFile()).isEqualTo(STDOUT);
    }

    @ParameterizedTest
    @CsvSource({"-s,FAIL", "-f,FAIL", "--fail,FAIL", "--fail-with-body,FAIL_WITH_BODY", "--no-fail,DELIVER"})
    void anErrorStatusIsAFailureUnlessToldOtherwise(String option, OnError onError) throws Exception {
        assertThat(delivery(option).onError()).isEqualTo(onError);
    }

    @Test
    void aReportGoesToAFile() throws Exception {
        assertThat(TypedLine.in(directory)
                        .plan("--report", "r.json", "localhost")
                        .telling()
                        .report())
                .isEqualTo(directory.resolve("r.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tee -",
                "-o - --tee -",
                "-o x --tee - --tee -",
                "--tee x --tee x",
                "-o x --tee ./sub/../x",
                "-o old --tee link",
                "-o new --tee loop/new",
                "-o x -D x",
                "-o x --report x",
                "-D x --report x",
                "-o x --tee x.part",
                "-D x.part -o x",
                "-o x.part.meta --tee x",
                "-o x --tee x.part.meta",
                "-O --tee file.txt",
                "-O -D loop/file.txt",
                "-o x --output-dir sub --tee sub/x",
                "--report -",
                "-o x --report /dev/stdout"
            })
    void twoOutputsToOnePlaceAreRefused(String arguments) {
        assertThat(fault(arguments).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aNameThatEndsWithASlashIsADirectory() {
        assertThat(fault("-o new/").code()).isEqualTo(ExitCode.OUTPUT_FAILED);
    }

    @Test
    void aUrlWithoutANameCannotNameAFile() {
        assertThat(TypedLine.in(directory).fault("-O", "http://localhost/dir/").code())
                .isEqualTo(ExitCode.OUTPUT_FAILED);
    }

    @Test
    void aPartIsContinuedUnderAKnownName() throws Exception {
        assertThat(delivery("-o", "new").continued()).isFalse();
        assertThat(delivery("-C", "-o", "new").continued()).isTrue();
        assertThat(delivery("--continue", "-O").continued()).isTrue();
        assertThat(delivery("-C", "-o", "new", "-D", "heads", "-X", "GET").continued())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-C",
                "-C -o -",
                "-C -o /dev/stdout",
                "-C -J",
                "-C -o new --no-clobber",
                "-C -o new -r 0-5",
                "-C -o new -i",
                "-C -o new --tee -",
                "-C -o new --tee other",
                "-C -o new --compressed",
                "-C -o new --events",
                "-C -o new --no-fail",
                "-C -o new --fail-with-body",
                "-C -o new -X POST",
                "-C -o new -H Range:bytes=0-5",
                "-C -o new -H if-range:x",
            })
    void whatContradictsAContinuationIsAMisuse(String arguments) {
        assertThat(fault(arguments).code()).isEqualTo(ExitCode.USAGE);
        assertThat(fault(arguments).where()).isIn("--continue", "--events");
    }

    @Test
    void aHeadIsNotContinued() {
        Fault fault = TypedLine.in(directory).fault("head", "-C", "-o", "new", TypedLine.URL);

        assertThat(fault.code()).isEqualTo(ExitCode.USAGE);
    }
}
