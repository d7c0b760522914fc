package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies that are sent, that come back, and that stay for the next run. */
class CookiesTest {
    private static final String SECRET = "hunter2-secret";

    @TempDir
    Path directory;

    private Relay relay() {
        return Relay.in(directory);
    }

    @Test
    void aLiteralIsSentAsItIsAndShownNowhere() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            var run = relay().with(
                            "get",
                            "-v",
                            "--debug",
                            "--report",
                            "r",
                            "-b",
                            "a=" + SECRET + "; b=2",
                            "-b",
                            "c=3",
                            upstream.url());
            assertThat(run.mustSucceed().stderr()).doesNotContain(SECRET);
            assertThat(Files.readString(directory.resolve("r"))).doesNotContain(SECRET);
            assertThat(upstream.request(0).headers("Cookie")).containsExactly("a=" + SECRET + "; b=2; c=3");
        }
    }

    @Test
    void whatAResponseSetsGoesWithTheNextRequestOnlyWhenWanted() throws Exception {
        for (String[] wanted : new String[][] {{"-b", ""}, {"-c", "jar"}, {}}) {
            try (var upstream = ScriptedUpstream.answering(
                    Answer.redirect(302, "/end").line("Set-Cookie: a=" + SECRET), Answer.ok("hello"))) {
                var run = wanted.length == 0
                        ? relay().with("get", "-v", upstream.url())
                        : relay().with("get", "-v", wanted[0], wanted[1], upstream.url());
                assertThat(run.mustSucceed().stderr()).doesNotContain(SECRET);
                assertThat(upstream.request(1).header("Cookie")).isEqualTo(wanted.length == 0 ? null : "a=" + SECRET);
            }
        }
    }

    @Test
    void aJarServesTheNextRunAndIsItsOwnersAlone() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                Answer.ok("hello").line("Set-Cookie: a=1; Max-Age=3600").line("Set-Cookie: s=2"), Answer.ok("hello"))) {
            relay().with("get", "-b", "jar", "-c", "jar", upstream.url()).mustSucceed();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("jar"))))
                    .isEqualTo("rw-------");
            relay().with("get", "-b", "jar", "-c", "jar", upstream.url()).mustSucceed();
            relay().with("get", "-j", "-b", "jar", upstream.url()).mustSucceed();
            assertThat(upstream.requests())
                    .extracting(request -> request.header("Cookie"))
                    .containsExactly(null, "a=1; s=2", "a=1");
        }
        try (var files = Files.list(directory)) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("jar");
        }
    }

    @Test
    void whatWasSetIsKeptWhenTheRunFails() throws Exception {
        try (var upstream = ScriptedUpstream.answering(
                Answer.status(404).line("Set-Cookie: a=1").body("no"),
                Answer.ok("hello world").line("Set-Cookie: b=2").cutAfter(5))) {
            relay().with("get", "-c", "jar", upstream.url()).mustFailWith(22);
            assertThat(Files.readString(directory.resolve("jar"))).contains("\ta\t1\n");
            relay().with("get", "--retry", "0", "-b", "jar", "-c", "jar", upstream.url())
                    .mustFailWith(18);
            assertThat(Files.readString(directory.resolve("jar"))).contains("\ta\t1\n", "\tb\t2\n");
        }
    }

    @Test
    void aJarThatCannotBeWrittenIsToldAndAnOldOneStays() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            assertThat(relay().with("get", "-c", "no/such/jar", upstream.url())
                            .mustFailWith(23)
                            .stderr())
                    .contains("no/such/jar");
            relay().with("get", "-c", "-", upstream.url()).mustSucceed();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h.com FALSE / FALSE 0 a hunter2-secret | these are not seven fields divided by tabs",
                "h.com\\tMAYBE\\t/\\tFALSE\\t0\\ta\\thunter2-secret | the second and the fourth field are TRUE or FALSE",
                "h.com\\tFALSE\\t/\\tFALSE\\tsoon\\ta\\thunter2-secret | the fifth field is no time in seconds",
                "h.com\\tFALSE\\tx\\tFALSE\\t0\\ta\\thunter2-secret | a domain, a path or a name is missing",
                "h.com\\tFALSE\\t/\\tFALSE\\t0\\ta\\thunter2-secret\\u0007 | there is a character that no cookie holds",
            })
    void aMalformedLineIsNamedAndNotShown(String line, String why) throws Exception {
        Files.writeString(
                directory.resolve("jar"),
                "# Netscape HTTP Cookie File\n\n" + line.replace("\\t", "\t").replace("\\u0007", "\u0007") + "\n");
        var run = relay().with("get", "--debug", "-b", "jar", "http://127.0.0.1:1/")
                .mustFailWith(26);
        assertThat(run.stderr()).contains("jar:3: " + why).doesNotContain(SECRET);
    }

    @Test
    void aFileThatIsNotThereIsToldUnlessItIsTheJar() throws Exception {
        assertThat(relay().with("get", "-b", "missing", "http://127.0.0.1:1/")
                        .mustFailWith(26)
                        .stderr())
                .contains("missing");
    }
}
