package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** On a terminal, text is shown, nothing is obeyed, and binary data is refused. */
class TerminalIT {
    private final Launcher launcher = Launcher.built();

    private Run onTerminal(String command) throws Exception {
        Programs.require("script");
        // script gives its command a terminal, and ends as the command ends.
        return launcher.shell("script -qec \"" + command + "\" /dev/null < /dev/null");
    }

    @Test
    void textIsShown() throws Exception {
        try (var upstream = ScriptedUpstream.sending("grüße\tand lines\nof text\n")) {
            var run = onTerminal("relay get " + upstream.url());
            assertThat(run.exit()).isZero();
            assertThat(run.stdout()).contains("grüße\tand lines\r\nof text\r\n");
        }
    }

    @Test
    void controlsAreShownAndNotObeyed() throws Exception {
        try (var upstream = ScriptedUpstream.sending("\u001b[2Jcleared\u001b]0;title\u0007\n")) {
            var run = onTerminal("relay get " + upstream.url());
            assertThat(run.stdout()).contains("cleared").doesNotContain("\u001b[2J", "\u001b]0;");
        }
    }

    @Test
    void binaryDataIsRefusedWithAHint() throws Exception {
        try (var upstream = ScriptedUpstream.sending("\u007fELF\0\0\0binary\0data")) {
            var run = onTerminal("relay get " + upstream.url());
            assertThat(run.exit()).isEqualTo(23);
            assertThat(run.stdout())
                    .contains("relay: ", "a file or a pipe", "--raw")
                    .doesNotContain("ELF");
        }
    }

    @Test
    void rawSendsItAsItIs() throws Exception {
        try (var upstream = ScriptedUpstream.sending("\u001b[1mbold\u001b[0m\0\n")) {
            var run = onTerminal("relay get --raw " + upstream.url());
            assertThat(run.exit()).isZero();
            assertThat(new String(run.stdoutBytes(), StandardCharsets.UTF_8)).contains("\u001b[1mbold\u001b[0m\0");
        }
    }

    @Test
    void aPipeIsNoTerminal() throws Exception {
        try (var upstream = ScriptedUpstream.sending("\0binary\0")) {
            assertThat(launcher.run("get", upstream.url()).mustSucceed().stdout())
                    .isEqualTo("\0binary\0");
        }
    }
}
