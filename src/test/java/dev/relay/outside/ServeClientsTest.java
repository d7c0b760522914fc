package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Programs;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs that people download with, as clients of relay serve. */
class ServeClientsTest {
    private static final int LARGE = 12_000_000;
    private static final Content CONTENT = Content.noise(11, LARGE);

    @TempDir
    Path directory;

    private int run(String program, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Programs.require(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(program + " does not end");
        }
        return process.exitValue();
    }

    private void isWhole(String name) throws Exception {
        assertThat(Files.readAllBytes(directory.resolve(name))).isEqualTo(CONTENT.bytes());
    }

    @ParameterizedTest
    @CsvSource({"false, ''", "true, ''", "true, --no-probe"})
    void curlGetsItWhole(boolean upstreamed, String option) throws Exception {
        Programs.require("curl");
        Files.write(directory.resolve("source"), CONTENT.bytes());
        try (var upstream = ScriptedUpstream.sending(Entity.of(CONTENT).withEtag("\"v1\""))) {
            var argv = new ArrayList<>(List.of("serve", upstreamed ? upstream.url("/source") : "source"));
            if (!option.isEmpty()) {
                argv.add(option);
            }
            try (var run = Relay.in(directory).starting(argv.toArray(new String[0]))) {
                assertThat(run("curl", "-sS", "-o", "got", run.stdout().awaitLine()))
                        .isZero();
                isWhole("got");
                run.end().mustSucceed();
            }
        }
    }

    @Test
    void curlGoesOnWhereItWasStopped() throws Exception {
        Programs.require("curl");
        Files.write(directory.resolve("source"), CONTENT.bytes());
        try (var run = Relay.in(directory).starting("serve", "source")) {
            String url = run.stdout().awaitLine();
            assertThat(run("curl", "-sS", "-m", "1", "--limit-rate", "1M", "-o", "got", url))
                    .isEqualTo(28);
            run.awaitStderr("went away");
            assertThat(run("curl", "-sS", "-C", "-", "-o", "got", url)).isZero();
            isWhole("got");
            run.end().mustSucceed();
        }
    }

    @Test
    void curlOverTlsTrustsTheKeyThatIsShown() throws Exception {
        Programs.require("curl");
        Files.write(directory.resolve("source"), CONTENT.bytes());
        try (var run = Relay.in(directory).starting("serve", "--tls", "source")) {
            String url = run.stdout().awaitLine();
            assertThat(url).startsWith("https://127.0.0.1:");
            assertThat(run("curl", "-sS", "-o", "got", url)).isEqualTo(60);
            assertThat(run("curl", "-ksS", "-o", "got", url)).isZero();
            isWhole("got");
            assertThat(run.end().mustSucceed().stderr()).containsPattern("fingerprint ([0-9A-F]{2}:){31}[0-9A-F]{2}");
        }
    }

    @ParameterizedTest
    @CsvSource({"cut, 18", "reset, 56"})
    void curlSeesThatABreakIsOne(String how, int exit) throws Exception {
        Programs.require("curl");
        var upstream = ScriptedUpstream.sending(CONTENT).everyTime();
        try (var breaking = how.equals("cut") ? upstream.cuttingAfter(3_000_000) : upstream.resettingAfter(3_000_000);
                var run = Relay.in(directory)
                        .starting("serve", "--no-probe", "--no-resume", "--wait", "1", breaking.url("/a"))) {
            assertThat(run("curl", "-sS", "-o", "got", run.stdout().awaitLine()))
                    .isIn(18, 56);
            assertThat(Files.size(directory.resolve("got"))).isLessThan(LARGE);
            run.end().mustFailWith(exit);
        }
    }

    @Test
    void wgetGetsItWhole() throws Exception {
        Programs.require("wget");
        Files.write(directory.resolve("source"), CONTENT.bytes());
        try (var run = Relay.in(directory).starting("serve", "source")) {
            assertThat(run("wget", "-q", "-O", "got", run.stdout().awaitLine())).isZero();
            isWhole("got");
            run.end().mustSucceed();
        }
    }

    @Test
    void aria2GetsItWholeOverFourConnections() throws Exception {
        Programs.require("aria2c");
        Files.write(directory.resolve("source"), CONTENT.bytes());
        try (var run = Relay.in(directory).starting("serve", "--name", "got", "source")) {
            String url = run.stdout().awaitLine();
            assertThat(run("aria2c", "--no-conf", "-q", "-x4", "-s4", "-k1M", "-o", "got", url))
                    .isZero();
            isWhole("got");
            run.end().mustSucceed();
        }
    }
}
