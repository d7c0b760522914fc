package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not trusted is told nothing. */
class TlsTest {
    @TempDir
    Path directory;

    private static TlsIdentity identity(String kind) {
        return switch (kind) {
            case "wrong host" -> TlsIdentity.of("other.relay.test", "10.1.2.3");
            case "expired" -> TlsIdentity.expired();
            case "self-signed" -> TlsIdentity.selfSigned();
            default -> TlsIdentity.ofLocalhost();
        };
    }

    @Test
    void theAuthorityThatIsNamedIsTrusted() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("secret").as(identity)) {
            assertThat(Relay.run("get", "--retry", "0", "--cacert", authority, upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("secret");
            Relay.run("get", "--retry", "0", "--cacert", authority, upstream.url("https", "localhost", "/"))
                    .mustSucceed();
        }
    }

    @ParameterizedTest
    @CsvSource({"SSL_CERT_FILE, '', 0", "'', SSL_CERT_DIR, 0", "SSL_CERT_FILE, SSL_CERT_DIR, 0", "'', '', 60"})
    void theEnvironmentNamesAuthoritiesAFileBeforeADirectory(String file, String folder, int exit) throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        Path authority = identity.authorityFile(directory);
        Files.writeString(directory.resolve("README"), "no certificate");
        try (var upstream = ScriptedUpstream.sending("secret").as(identity)) {
            var relay = Relay.in(directory);
            if (!file.isEmpty()) {
                relay.withEnvironment(file, authority.toString());
            }
            if (!folder.isEmpty()) {
                relay.withEnvironment(folder, directory.toString());
            }
            assertThat(relay.with("get", "--retry", "0", upstream.url()).exit()).isEqualTo(exit);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown authority", "wrong host", "expired", "self-signed"})
    void whoCannotBeTrustedIsSixtyAndIsAskedNothing(String kind) throws Exception {
        try (var upstream = ScriptedUpstream.sending("secret").as(identity(kind))) {
            Relay.run("get", "--retry", "0", upstream.url()).mustFailWith(60);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong host", "expired"})
    void anAuthorityDoesNotMakeABadCertificateGood(String kind) throws Exception {
        var identity = identity(kind);
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("secret").as(identity)) {
            Relay.run("get", "--retry", "0", "--cacert", authority, upstream.url())
                    .mustFailWith(60);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void anExpiredCertificateIsNotTrustedForBeingNamedItself() throws Exception {
        var identity = TlsIdentity.expired();
        String itself = identity.chainFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("secret").as(identity)) {
            Relay.run("get", "--retry", "0", "--cacert", itself, upstream.url()).mustFailWith(60);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void anotherAuthorityIsNotTrusted() throws Exception {
        String authority = TlsIdentity.ofLocalhost().authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("secret").as(TlsIdentity.ofLocalhost())) {
            Relay.run("get", "--retry", "0", "--cacert", authority, upstream.url())
                    .mustFailWith(60);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown authority", "wrong host", "expired", "self-signed"})
    void insecureTrustsAnyone(String kind) throws Exception {
        try (var upstream = ScriptedUpstream.sending("secret").as(identity(kind))) {
            assertThat(Relay.run("get", "--retry", "0", "-k", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("secret");
        }
    }

    @Test
    void aServerInClearIsThirtyFive() throws Exception {
        for (String greeting : new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"}) {
            try (var upstream = ScriptedUpstream.atFirstByte(Answer.raw(greeting))) {
                // Asked again, it would say the same.
                var run = Relay.run("get", "-k", upstream.url("https", "127.0.0.1", "/"));
                assertThat(run.mustFailWith(35).errorLines())
                        .singleElement()
                        .asString()
                        .contains("is no TLS");
                assertThat(upstream.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void aConnectionThatEndsInTheHandshakeIsThirtyFive() throws Exception {
        for (var end : new Answer[] {Answer.nothing(), Answer.reset()}) {
            try (var upstream = ScriptedUpstream.atFirstByte(end)) {
                Relay.run("get", "--retry", "0", "-k", upstream.url("https", "127.0.0.1", "/"))
                        .mustFailWith(35);
            }
        }
    }

    @Test
    void aTlsServerOnAPlainPortIsNoHttp() throws Exception {
        try (var upstream = ScriptedUpstream.sending("secret").as(TlsIdentity.ofLocalhost())) {
            Relay.run("get", "--retry", "0", upstream.url("http", "127.0.0.1", "/"))
                    .mustFailWithOneOf(52, 56);
        }
    }

    private static String handshake(String stderr) {
        return stderr.lines().filter(line -> line.startsWith("* TLS:")).collect(Collectors.joining("\n"));
    }

    @Test
    void verboseShowsWhatWasAgreedOnAndTheCertificates() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("secret").as(identity)) {
            var run = Relay.run("get", "--retry", "0", "-v", "--cacert", authority, upstream.url())
                    .mustSucceed();
            assertThat(handshake(run.stderr())).matches("""
                            \\* TLS: TLSv1\\.3, TLS_[A-Z0-9_]+, ALPN: (none|http/1\\.1)
                            \\* TLS: certificate of CN=localhost
                            \\* TLS:   for localhost, .*127\\.0\\.0\\.1.*
                            \\* TLS:   issued by CN=relay test authority
                            \\* TLS:   valid from 20.*Z until 20.*Z
                            \\* TLS: certificate of CN=relay test authority
                            \\* TLS:   issued by CN=relay test authority
                            \\* TLS:   valid from 20.*Z until 20.*Z
                            \\* TLS: the certificate of 127\\.0\\.0\\.1 was accepted""");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown authority", "wrong host", "expired", "self-signed"})
    void verboseShowsTheCertificateThatIsRefusedAndNeverCallsItAccepted(String kind) throws Exception {
        try (var upstream = ScriptedUpstream.sending("secret").as(identity(kind))) {
            for (String[] line : new String[][] {{"get"}, {"put", "--http1.1", "-d", "x"}}) {
                var words = new ArrayList<>(List.of(line));
                words.addAll(List.of("--retry", "0", "-v", upstream.url()));
                var run = Relay.run(words.toArray(String[]::new));
                assertThat(run.exit()).isEqualTo(60);
                assertThat(handshake(run.stderr()))
                        .contains("issued by CN=")
                        .endsWith("was refused")
                        .doesNotContain("accepted");
                assertThat(run.stderr()).doesNotContain("> ");
            }
        }
    }

    @Test
    void verboseSaysThatNothingWasChecked() throws Exception {
        try (var upstream = ScriptedUpstream.sending("secret").as(TlsIdentity.expired())) {
            var run =
                    Relay.run("get", "--retry", "0", "-k", "-v", upstream.url()).mustSucceed();
            assertThat(handshake(run.stderr())).endsWith("was not checked");
        }
    }

    @Test
    void verboseNumbersTheConnectionsOfABodyThatBreaks() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello world")
                .withEtag("\"v1\"")
                .cuttingAfter(5)
                .as(identity)) {
            var run = Relay.run("get", "--retry-delay", "0", "-v", "--cacert", authority, upstream.url())
                    .mustSucceed();
            assertThat(run.stderr()).containsSubsequence("(#1)", "was accepted", "at byte 5", "(#2)", "was accepted");
        }
    }
}
