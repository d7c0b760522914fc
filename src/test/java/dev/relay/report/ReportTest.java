package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Outcome;
import dev.relay.plan.WriteOutVariable;
import dev.relay.plan.WriteOutVariable.Unit;
import dev.relay.support.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** The file of {@code --report}, and the JSON of {@code --write-out}. */
class ReportTest {
    private static final Outcome FAILED = Told.failed(ExitCode.SHORT_BODY, Told.URL, "5 of 9 bytes \u001b[2J");

    @TempDir
    Path directory;

    private Told told() {
        return new Told(directory)
                .answered(200, "X-Text", "gr\u00c3\u00bcn \"q\" \\ \u001b[2J", "X-Text", "\u00ff")
                .answered(200, "Set-Cookie", "sid=hunter2", "X-Api-Key", "hunter2");
    }

    private JsonNode report() throws Exception {
        return new ObjectMapper().readTree(directory.resolve("r.json").toFile());
    }

    @Test
    void holdsEveryVariableAsItsType() throws Exception {
        var after = told().finish(Told.DELIVERED, Told.telling(null, Path.of("r.json")));

        JsonNode report = report();
        assertThat(after).isSameAs(Told.DELIVERED);
        assertThat(report.get("relay_report").intValue()).isEqualTo(1);
        assertThat(report.get("outcome").textValue()).isEqualTo("delivered");
        assertThat(report.get("exitcode").intValue()).isZero();
        assertThat(report.get("errormsg").isNull()).isTrue();
        assertThat(report.get("http_code").intValue()).isEqualTo(200);
        assertThat(report.get("time_total").doubleValue()).isEqualTo(0.010);
        assertThat(report.get("time_appconnect").isNull()).isTrue();
        assertThat(report.get("size_download").longValue()).isEqualTo(5);
        assertThat(report.get("url").textValue()).isEqualTo("http://upstream.example:8080/a/b?c=d");
        for (WriteOutVariable variable : WriteOutVariable.values()) {
            assertThat(report.has(variable.spelling())).isEqualTo(variable.unit() != Unit.DIRECTIVE);
        }
    }

    @Test
    void isWrittenOnFailureTooAndHoldsNoSecret() throws Exception {
        var told = told();
        var after = told.finish(FAILED, Told.telling(null, Path.of("r.json")));

        JsonNode report = report();
        assertThat(after).isSameAs(FAILED);
        assertThat(report.get("outcome").textValue()).isEqualTo("failed");
        assertThat(report.get("exitcode").intValue()).isEqualTo(18);
        assertThat(report.get("errormsg").textValue())
                .isEqualTo("the body ended early: http://upstream.example:8080/a/b?c=d: 5 of 9 bytes \u001b[2J");
        assertThat(report.get("headers").get("x-text"))
                .extracting(JsonNode::textValue)
                .containsExactly("gr\u00fcn \"q\" \\ \u001b[2J", "\u00ff");
        assertThat(report.get("headers").get("set-cookie").get(0).textValue()).isEqualTo("(redacted)");
        assertThat(Files.readString(directory.resolve("r.json"))).doesNotContain("hunter2", "\u001b");
    }

    @Test
    void hasNullForWhatNeverCameToPass() throws Exception {
        var told = new Told(directory);
        new Reporter(Told.telling(null, Path.of("r.json")), told.surroundings()).finish(FAILED, told.emptyLedger());

        JsonNode report = report();
        for (String name : List.of("http_code", "http_version", "time_connect", "remote_ip", "remote_port")) {
            assertThat(report.get(name).isNull()).as(name).isTrue();
        }
        assertThat(report.get("headers")).isEmpty();
    }

    @Test
    void replacesAnOlderReportAndLeavesNothingBeside() throws Exception {
        Files.writeString(directory.resolve("r.json"), "old");
        told().finish(Told.DELIVERED, Told.telling(null, Path.of("r.json")));

        assertThat(report().get("relay_report").intValue()).isEqualTo(1);
        assertThat(files()).containsExactly("r.json");
    }

    @Test
    void isWrittenThroughALinkToTheFileBehindIt() throws Exception {
        Files.writeString(directory.resolve("real"), "old");
        Files.createSymbolicLink(directory.resolve("r.json"), Path.of("real"));
        told().finish(Told.DELIVERED, Told.telling(null, Path.of("r.json")));

        assertThat(directory.resolve("r.json")).isSymbolicLink();
        assertThat(report().get("relay_report").intValue()).isEqualTo(1);
    }

    @Test
    void isWrittenStraightToAPipe() throws Exception {
        // Not a device: a broken promise would replace the machine's own.
        Path pipe = directory.resolve("pipe");
        new ProcessBuilder(Programs.require("mkfifo").toString(), pipe.toString())
                .start()
                .waitFor();
        var read = new FutureTask<>(() -> Files.readString(pipe));
        Thread.ofPlatform().daemon().start(read);
        told().finish(Told.DELIVERED, Told.telling(null, Path.of("pipe")));

        assertThat(read.get(20, TimeUnit.SECONDS)).startsWith("{\n  \"relay_report\":1,\n");
        assertThat(files()).containsExactly("pipe");
    }

    @Test
    void goesToStdoutWhenItsNameIsADash() throws Exception {
        var told = told();
        told.finish(Told.DELIVERED, Told.telling("%{http_code}\\n", Path.of("-")));

        assertThat(told.stdout()).startsWith("200\n{\n  \"relay_report\":1,\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void endsAGoodRunIn23WhenItCannotBeWritten() throws Exception {
        var told = told();
        var after = told.finish(Told.DELIVERED, Told.telling(null, Path.of("no/such.json")));

        assertThat(after.exitCode()).isEqualTo(ExitCode.OUTPUT_FAILED);
        assertThat(told.stderr())
                .isEqualTo("relay: cannot write the output: no/such.json: there is no such directory\n");
    }

    @Test
    void cannotBeADirectory() throws Exception {
        Files.createDirectory(directory.resolve("r.json"));
        var told = told();
        var after = told.finish(Told.DELIVERED, Told.telling(null, Path.of("r.json")));

        assertThat(after.exitCode()).isEqualTo(ExitCode.OUTPUT_FAILED);
        assertThat(told.stderr()).isEqualTo("relay: cannot write the output: r.json: it is a directory\n");
        assertThat(files()).containsExactly("r.json");
    }

    @Test
    void isOnlyANoteWhenItCannotBeWrittenAfterAFailure() {
        var told = told();
        var after = told.finish(FAILED, Told.telling(null, Path.of("no/such.json")));

        assertThat(after).isSameAs(FAILED);
        assertThat(told.stderr().lines().toList().getLast())
                .isEqualTo("relay: note: cannot write the output: no/such.json: there is no such directory");
    }

    @Test
    void theVariablesOfWriteOutAreOneLineOfJson() throws Exception {
        var told = told();
        told.finish(FAILED, Told.telling("%{json}", null));

        JsonNode json = new ObjectMapper().readTree(told.stdout());
        assertThat(told.stdout()).doesNotContain("\n", "\u001b", "hunter2");
        assertThat(json.get("exitcode").intValue()).isEqualTo(18);
        assertThat(json.get("time_appconnect").doubleValue()).isZero();
        assertThat(json.get("redirect_url").isNull()).isTrue();
    }

    private List<String> files() throws Exception {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }
}
