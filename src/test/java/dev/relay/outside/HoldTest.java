package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --hold} nothing leaves before the body is complete and verified. */
class HoldTest {
    @TempDir
    Path directory;

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Relay here() {
        return Relay.in(directory).withEnvironment("TMPDIR", directory.toString());
    }

    @Test
    void aWholeBodyComesOutAsItIs() throws Exception {
        var content = Content.noise(5, 9_000_001);
        for (var answer : new Answer[] {
            Answer.ok("").body(content), Answer.ok("").body(content).chunked()
        }) {
            try (var upstream = ScriptedUpstream.answering(answer)) {
                var run = here().with("get", "--hold", upstream.url()).mustSucceed();
                assertThat(run.stdoutBytes()).isEqualTo(content.bytes());
                assertThat(names()).isEmpty();
            }
        }
    }

    @Test
    void nothingOfACutBodyComesOut() throws Exception {
        for (var answer : new Answer[] {
            Answer.ok("rm -rf /tmp/x").cutAfter(8),
            Answer.ok("rm -rf /tmp/x").resetAfter(8),
            Answer.ok("rm -rf /tmp/x").chunked().cutAfter(8),
        }) {
            try (var upstream = ScriptedUpstream.answering(answer)) {
                var run = here().with("get", "--hold", "-i", "-D", "/dev/stderr", "--retry", "0", upstream.url());
                assertThat(run.mustFailWithOneOf(18, 56).stdoutBytes()).isEmpty();
                assertThat(names()).isEmpty();
            }
        }
    }

    @Test
    void headsThatGoToStandardOutputWaitToo() throws Exception {
        for (var option : new String[][] {{"-i"}, {"-D", "-"}, {"-D", "-", "-o", "file"}}) {
            try (var upstream = ScriptedUpstream.sending("hello world").stallingAfter(5)) {
                var argv = new ArrayList<>(List.of(option));
                argv.addAll(0, List.of("get", "--hold", upstream.url()));
                try (var running = here().starting(argv.toArray(String[]::new))) {
                    upstream.awaitStall();
                    assertThat(running.stdout().bytes()).isEmpty();
                    upstream.release();
                    String expected = option.length > 2 ? "\r\n\r\n" : "\r\n\r\nhello world";
                    assertThat(running.end().mustSucceed().stdout())
                            .startsWith("HTTP/1.1 200 OK\r\n")
                            .endsWith(expected);
                }
            }
        }
    }

    @Test
    void moreThanTheLimitIsTwentyThree() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            var run = here().with("get", "--hold", "--hold-limit", "10", upstream.url())
                    .mustFailWith(23);
            assertThat(run.stdoutBytes()).isEmpty();
            assertThat(run.stderr()).contains("11 bytes are to come", "--hold-limit");
            here().with("get", "--hold", "--hold-limit", "11", upstream.url()).mustSucceed();
            here().with("head", "--hold", "--hold-limit", "10", upstream.url()).mustSucceed();
        }
        try (var upstream = ScriptedUpstream.answering(Answer.ok("hello world").chunked())) {
            var run = here().with("get", "--hold", "--hold-limit", "10", upstream.url())
                    .mustFailWith(23);
            assertThat(run.stdoutBytes()).isEmpty();
            assertThat(run.stderr()).contains("more than 10 bytes came");
        }
    }

    @Test
    void filesNeedNoHoldAndHaveNoLimit() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            here().with("get", "--hold", "--hold-limit", "1", "-o", "file", upstream.url())
                    .mustSucceed();
            assertThat(directory.resolve("file")).hasContent("hello world");
        }
    }

    @Test
    void standardOutputGetsItsBytesAndFilesAppear() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            for (var order : new String[][] {{"-o", "a", "--tee", "-"}, {"--tee", "a"}}) {
                var argv = new ArrayList<>(List.of(order));
                argv.addAll(0, List.of("get", "--hold", upstream.url()));
                var run = here().with(argv.toArray(String[]::new)).mustSucceed();
                assertThat(run.stdout()).isEqualTo("hello world");
                assertThat(directory.resolve("a")).hasContent("hello world");
                Files.delete(directory.resolve("a"));
            }
        }
    }

    @Test
    void noFileAppearsWhenTheReaderLeaves() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(1, 8 << 20));
                var reader = new LeavingReader(5)) {
            for (var order : new String[][] {{"-o", "a", "--tee", "-"}, {"--tee", "a"}}) {
                Path file = directory.resolve("a");
                var argv = new ArrayList<>(List.of("get", "--hold", upstream.url()));
                for (String each : order) {
                    argv.add(each.equals("a") ? file.toString() : each);
                }
                Relay.writingTo(reader).with(argv.toArray(String[]::new)).mustEndSilentlyWith(141);
                assertThat(names()).isEmpty();
            }
        }
    }

    @Test
    void anErrorLetsNothingOut() throws Exception {
        try (var upstream = ScriptedUpstream.answering(Answer.status(404).body("an error page"))) {
            var run = here().with("get", "--hold", "-D", "-", upstream.url());
            assertThat(run.mustFailWith(22).stdoutBytes()).isEmpty();
            run = here().with("get", "--hold", "--fail-with-body", upstream.url());
            assertThat(run.mustFailWith(22).stdout()).isEqualTo("an error page");
        }
    }

    @Test
    void theLimitAloneIsAMisuse() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            here().with("get", "--hold-limit", "10", upstream.url()).mustFailWith(2);
            here().with("get", "--hold", "--hold-limit", "x", upstream.url()).mustFailWith(2);
            assertThat(upstream.connections()).isZero();
        }
    }
}
