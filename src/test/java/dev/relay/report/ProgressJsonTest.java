package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.io.Stage;
import dev.relay.outcome.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The objects of {@code --progress json}, which programs rely on. */
class ProgressJsonTest {
    private static final Pattern MEMBER = Pattern.compile("\"([a-z_]+)\":");

    @TempDir
    Path directory;

    private ProgressJson json() {
        var ledger = new Told(directory).answered(200).ledger();
        ledger.course().expect(0, 20);
        var pace = new Pace();
        pace.observe(10_000_000, ledger.elapsed(), ledger.course());
        return new ProgressJson(ledger, pace);
    }

    @Test
    void sayInTheMiddleHowFarItHasCome() {
        assertThat(json().now())
                .isEqualTo("{\"v\":1,\"state\":\"receiving\",\"elapsed\":0.010,\"bytes\":5,\"total\":20,\"offset\":0,"
                        + "\"rate\":500,\"left\":0.030,\"sent\":0,\"to_send\":null,\"retries\":0,\"resumes\":0,"
                        + "\"connections\":1,\"waited\":0.000,\"output_slow\":false}");
    }

    @Test
    void sayAtTheEndHowItWent() {
        assertThat(json().ended(Told.failed(ExitCode.SHORT_BODY, "http://h/", "cut")))
                .startsWith("{\"v\":1,\"state\":\"failed\",\"elapsed\":0.010,\"bytes\":5,\"total\":20,")
                .endsWith(",\"connections\":1,\"exitcode\":18}");
    }

    @Test
    void haveNoMemberThatTheManualDoesNotTell() throws Exception {
        String manual = Files.readString(Path.of("man/relay-get.1"));
        assertThat(Stage.values())
                .allSatisfy(stage -> assertThat(manual).contains(stage.name().toLowerCase(Locale.ROOT)));
        Stream<String> members = MEMBER.matcher(json().now() + json().ended(Told.DELIVERED))
                .results()
                .map(match -> match.group(1));

        assertThat(members).allSatisfy(name -> assertThat(manual).contains("\\fB" + name + "\\fR"));
    }
}
