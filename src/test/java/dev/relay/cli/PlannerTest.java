package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.plan.Delivery.OnError;
import dev.relay.plan.Limits;
import dev.relay.plan.Limits.Speed;
import dev.relay.plan.Plan;
import dev.relay.plan.Redirects;
import dev.relay.plan.Request.Protocol;
import dev.relay.plan.Routing;
import dev.relay.plan.Routing.Family;
import dev.relay.plan.Telling;
import dev.relay.plan.TlsVersions;
import dev.relay.plan.Trust;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each option does to the plan, but for those of the request and of the outputs. */
class PlannerTest {
    @TempDir
    Path directory;

    @Test
    void withoutOptionsTheDefaultsOfTheManualHold() throws Exception {
        Plan plan = TypedLine.get();

        assertThat(plan.redirects()).isEqualTo(new Redirects(true, 20, false, Set.of("http", "https"), false));
        assertThat(plan.limits())
                .isEqualTo(
                        new Limits(Duration.ofSeconds(30), null, Duration.ofMinutes(5), false, null, null, null, null));
        assertThat(plan.routing()).isEqualTo(Routing.DIRECT);
        assertThat(plan.trust()).isEqualTo(Trust.SYSTEM);
        assertThat(plan.telling()).isEqualTo(new Telling(false, true, false, false, Telling.Progress.BAR, null, null));
        assertThat(plan.request().protocol()).isEqualTo(Protocol.AUTO);
        assertThat(plan.delivery().onError()).isEqualTo(OnError.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30000",
        "1.5, 1500",
        "500ms, 500",
        "2m, 120000",
        "1h, 3600000",
        "0.1, 100",
        ".5s, 500",
        "5., 5000",
        "1.5M, 90000",
        "10S, 10000",
        "0.001ms, 0"
    })
    void durationsHaveUnits(String text, long milliseconds) throws Exception {
        assertThat(TypedLine.get("--max-time", text).limits().total())
                .isNotNull()
                .hasMillis(milliseconds);
    }

    @Test
    void noDurationIsCutToNothing() throws Exception {
        assertThat(TypedLine.get("-m", "0.0000000001").limits().total()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void zeroMeansNoLimit() throws Exception {
        Limits limits = TypedLine.get(
                        "--connect-timeout=0",
                        "--idle-timeout=0",
                        "-m0",
                        "--first-byte-timeout=0ms",
                        "--limit-rate=0",
                        "--max-filesize=0",
                        "--speed-limit=0")
                .limits();

        assertThat(limits).isEqualTo(new Limits(null, null, null, true, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 500",
        "500b, 500",
        "64K, 65536",
        "64k, 65536",
        "1.5M, 1572864",
        "2G, 2147483648",
        "1T, 1099511627776",
        "1.1K, 1126",
        "9223372036854775807, 9223372036854775807"
    })
    void sizesHaveUnitsThatArePowersOf1024(String text, long bytes) throws Exception {
        assertThat(TypedLine.get("--max-filesize", text).limits().maxFileSize()).isEqualTo(bytes);
        assertThat(TypedLine.get("--limit-rate", text).limits().rate()).isEqualTo(bytes);
    }

    @Test
    void speedLimitAndSpeedTimeImplyEachOther() throws Exception {
        assertThat(TypedLine.get("--speed-limit", "1K").limits().speed())
                .isEqualTo(new Speed(1024, Duration.ofSeconds(30)));
        assertThat(TypedLine.get("--speed-time", "10").limits().speed())
                .isEqualTo(new Speed(1, Duration.ofSeconds(10)));
        assertThat(TypedLine.get("-Y", "5", "-y", "7").limits().speed()).isEqualTo(new Speed(5, Duration.ofSeconds(7)));
        assertThat(TypedLine.get("--speed-time", "0").limits().speed()).isNull();
    }

    @Test
    void redirectsAreFollowedUnlessTheLastWordIsNo() throws Exception {
        assertThat(TypedLine.get("--no-location").redirects().follow()).isFalse();
        assertThat(TypedLine.get("-L", "--no-location").redirects().follow()).isFalse();
        assertThat(TypedLine.get("--no-location", "-L").redirects().follow()).isTrue();
        assertThat(TypedLine.get("--no-location", "--location-trusted").redirects())
                .isEqualTo(new Redirects(true, 20, true, Set.of("http", "https"), false));
        assertThat(TypedLine.get("--max-redirs", "-1").redirects().max()).isEqualTo(-1);
        assertThat(TypedLine.get("--max-redirs=0").redirects().max()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "=https, https, false",
        "'=http,https', 'http https', true",
        "http, 'http https', true",
        "+HTTP, 'http https', true",
        "-http, https, false",
        "'http,-http', https, false",
        "all, 'http https', false",
        "-all, '', false",
        "'=http,=https', https, false",
        "'-all,+https', https, false",
        "https, 'http https', false"
    })
    void httpsLeadsToHttpOnlyWhenHttpIsNamed(String list, String schemes, boolean downgrade) throws Exception {
        Redirects redirects = TypedLine.get("--proto-redir", list).redirects();

        assertThat(redirects.schemes()).isEqualTo(schemes.isEmpty() ? Set.of() : Set.of(schemes.split(" ", -1)));
        assertThat(redirects.downgrade()).isEqualTo(downgrade);
    }

    @Test
    void aFamilyAndAProtocolAreChosen() throws Exception {
        assertThat(TypedLine.get("-4").routing().family()).isEqualTo(Family.IPV4);
        assertThat(TypedLine.get("--ipv6").routing().family()).isEqualTo(Family.IPV6);
        assertThat(TypedLine.get("--http1.1").request().protocol()).isEqualTo(Protocol.HTTP_1_1);
        assertThat(TypedLine.get("--http2").request().protocol()).isEqualTo(Protocol.HTTP_2);
    }

    @Test
    void resolveTakesCurlsSyntax() throws Exception {
        Routing routing = TypedLine.get(
                        "--resolve",
                        "Example.com:443:127.0.0.1,[::1]",
                        "--resolve",
                        "+*:80:::1",
                        "--resolve",
                        "[::2]:8:1.2.3.4")
                .routing();

        assertThat(routing.resolve())
                .containsExactly(
                        new Routing.Resolve("example.com", 443, List.of(address("127.0.0.1"), address("::1"))),
                        new Routing.Resolve("*", 80, List.of(address("::1"))),
                        new Routing.Resolve("[::2]", 8, List.of(address("1.2.3.4"))));
    }

    @Test
    void connectToTakesCurlsSyntax() throws Exception {
        Routing routing = TypedLine.get("--connect-to", "A:1:[::1]:2", "--connect-to", ":::", "--connect-to", "a::b")
                .routing();

        assertThat(routing.connectTo())
                .containsExactly(
                        new Routing.ConnectTo("a", 1, "[::1]", 2),
                        new Routing.ConnectTo(null, null, null, null),
                        new Routing.ConnectTo("a", null, "b", null));
    }

    @Test
    void aCaFileMustBeThere() throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "");

        assertThat(TypedLine.in(directory)
                        .plan("-k", "--cacert", "ca.pem", "localhost")
                        .trust())
                .isEqualTo(new Trust(false, file, null, TlsVersions.ALL, null, List.of()));
        assertThat(TypedLine.refused("--cacert", "/nonexistent").code()).isEqualTo(ExitCode.CA_UNREADABLE);
        assertThat(TypedLine.refused("--cacert", "/").code()).isEqualTo(ExitCode.CA_UNREADABLE);
        assertThat(TypedLine.refused("--cacert", "").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellingIsChosen() throws Exception {
        assertThat(TypedLine.get("-sS", "-v", "--debug", "--no-error-line", "-w", "%{http_code}")
                        .telling())
                .isEqualTo(new Telling(true, false, true, true, Telling.Progress.NONE, "%{http_code}", null));
    }

    @Test
    void aFormatComesFromAFileWithoutItsLineBreaks() throws Exception {
        Files.writeString(directory.resolve("format"), "%{http_code}\\n\r\n%{json}\n");

        assertThat(TypedLine.in(directory)
                        .plan("-w", "@format", "localhost")
                        .telling()
                        .writeOut())
                .isEqualTo("%{http_code}\\n%{json}");
        assertThat(new TypedLine(directory, "a\nb")
                        .plan("-w", "@-", "localhost")
                        .telling()
                        .writeOut())
                .isEqualTo("ab");
        assertThat(TypedLine.refused("-w", "@/nonexistent").code()).isEqualTo(ExitCode.INPUT_FAILED);
    }

    @Test
    void standardInputIsReadOnce() {
        assertThat(TypedLine.refused("-H", "@-", "-w", "@-").message()).contains("standard input is read already");
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
