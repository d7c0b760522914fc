package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Gate;
import dev.relay.support.Launcher;
import dev.relay.support.Nginx;
import dev.relay.support.Programs;
import dev.relay.support.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials as the launcher takes them: asked for on a terminal, and nowhere in the list of processes. */
class CredentialsIT {
    private static final String SECRET = "hunter2-secret";

    @TempDir
    Path directory;

    private Launcher launcher;

    @BeforeEach
    void find() {
        launcher = Launcher.built().in(directory);
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(("alice:" + SECRET).getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a line of the shell on a terminal whose person follows these lines of expect; what the terminal showed. */
    private String onTerminal(String line, String person) throws Exception {
        Path program = Programs.require("expect");
        Files.writeString(directory.resolve("line"), "stty -a > before\ntrap : INT\n" + line + "\nstty -a > after\n");
        Files.writeString(
                directory.resolve("person"), "set timeout 30\nspawn -noecho sh line\n" + person + "\nexpect eof\n");
        return launcher.shell(program + " -f person").stdout();
    }

    private void assertRestored() throws Exception {
        String before = Files.readString(directory.resolve("before"));
        assertThat(before).contains(" echo ");
        assertThat(Files.readString(directory.resolve("after"))).isEqualTo(before);
    }

    @Test
    void aPasswordIsAskedForOnTheTerminalBetweenPipes() throws Exception {
        try (var upstream = ScriptedUpstream.sending("the answer")) {
            String shown = onTerminal(
                    "echo in | relay post -u alice -T - " + upstream.url() + " | tr a-z A-Z > out",
                    "expect \"Password of alice for the host: \"\nsend \"" + SECRET + "\\r\"");
            assertThat(upstream.request(0).header("Authorization")).isEqualTo(basic());
            assertThat(Files.readString(directory.resolve("out"))).isEqualTo("THE ANSWER");
            assertThat(shown).contains("Password of alice").doesNotContain(SECRET);
            assertRestored();
        }
    }

    @Test
    void anInterruptedQuestionRestoresTheTerminal() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String shown = onTerminal(
                    "relay get -u alice " + upstream.url() + "\necho \"exit $?\"",
                    "expect \"Password of alice for the host: \"\nsend \"hunt\\003\"");
            assertThat(shown).contains("exit 130").doesNotContain("hunt");
            assertThat(upstream.requests()).isEmpty();
            assertRestored();
        }
    }

    @ParameterizedTest
    @CsvSource({"-u, alice:@file", "-u, @whole", "--bearer, @file", "-b, @", "--netrc-file, netrc", "-K, config"})
    void theListOfProcessesDoesNotHoldIt(String option, String value) throws Exception {
        Files.writeString(directory.resolve("file"), SECRET + "\n");
        Files.writeString(directory.resolve("whole"), "alice:" + SECRET + "\n");
        Files.writeString(directory.resolve("netrc"), "default login alice password " + SECRET + "\n");
        Files.writeString(directory.resolve("config"), "user = alice:" + SECRET + "\n");
        Files.writeString(directory.resolve("jar"), "127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t" + SECRET + "\n");
        var gate = new Gate();
        try (var upstream =
                        ScriptedUpstream.answering(request -> Answer.ok("hello").beforeHead(gate));
                var relay = launcher.start("get", option, value.equals("@") ? "jar" : value, upstream.url())) {
            gate.awaitArrival();
            Path process = Path.of("/proc", Long.toString(relay.process().pid()));
            assertThat(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1))
                    .contains(upstream.url())
                    .doesNotContain(SECRET);
            assertThat(Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1))
                    .doesNotContain(SECRET);
            gate.open();
            assertThat(relay.end().mustSucceed().stdout()).isEqualTo("hello");
            assertThat(upstream.request(0).headText()).containsAnyOf(SECRET, basic());
        }
    }

    @Test
    void nginxLetsInWhoKnowsThePassword(@TempDir Path server) throws Exception {
        try (var nginx = new Nginx(server)) {
            Files.writeString(nginx.files().resolve("small.txt"), "hello");
            Files.writeString(directory.resolve("whole"), Nginx.USER + ":" + Nginx.PASSWORD);
            String authority = nginx.identity().authorityFile(directory).toString();
            String url = nginx.secureUrl("/private/small.txt");
            assertThat(launcher.run("get", "--cacert", authority, "-u", "@whole", url)
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
            launcher.run("get", "--cacert", authority, "--anyauth", "-u", "@whole", url)
                    .mustSucceed();
            launcher.run("get", "--cacert", authority, url).mustFailWith(22);
            launcher.run("get", "--cacert", authority, "-u", "alice:wrong", url).mustFailWith(22);
        }
    }
}
