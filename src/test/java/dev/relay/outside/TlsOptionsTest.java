package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of TLS ask of a server is asked, and what it fails by is told. */
class TlsOptionsTest {
    private static final TlsIdentity SERVER = TlsIdentity.ofLocalhost();

    @TempDir
    Path directory;

    @Test
    void aDirectoryOfAuthoritiesIsTrustedWhateverItsFilesAreCalled() throws Exception {
        Path authorities = Files.createDirectory(directory.resolve("authorities"));
        Files.writeString(authorities.resolve("README"), "not a certificate");
        Files.move(SERVER.authorityFile(directory), authorities.resolve("3513523f.0"));
        String other = TlsIdentity.selfSigned().authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER)) {
            String url = upstream.url();
            Relay.run("get", "--capath", authorities.toString(), url).mustSucceed();
            Relay.run("get", "--capath", authorities.toString(), "--cacert", other, url)
                    .mustSucceed();
            Relay.run("get", "--retry", "0", "--cacert", other, url).mustFailWith(60);
            Relay.in(directory)
                    .withEnvironment("SSL_CERT_DIR", "/nonexistent:" + authorities)
                    .with("get", url)
                    .mustSucceed();
            Relay.run("get", "--capath", "/nonexistent", url).mustFailWith(77);
            Path empty = Files.createDirectory(directory.resolve("empty"));
            assertThat(Relay.run("get", "--capath", empty.toString(), url)
                            .mustFailWith(77)
                            .stderr())
                    .contains("no certificate in any of its files");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, --tlsv1.3, 35",
        "TLSv1.2, --tlsv1.2, 0",
        "TLSv1.2, --tls-max=1.2, 0",
        "TLSv1.3, --tls-max=1.2, 35",
        "TLSv1.3, --tlsv1.3, 0",
        "TLSv1.3, --tls-max=1.3, 0"
    })
    void onlyTheVersionsThatAreAllowedAreSpoken(String version, String option, int exit) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER.speaking(version))) {
            var run = Relay.run("get", "-k", option, upstream.url());
            assertThat(run.exit()).isEqualTo(exit);
            if (exit == 35) {
                assertThat(run.mustFailWith(35).stderr())
                        .contains("versions of TLS", "--tls-max")
                        .doesNotContain("trying again");
            }
        }
    }

    @Test
    void onlyThePinnedKeyIsTrusted() throws Exception {
        String authority = SERVER.authorityFile(directory).toString();
        String file = SERVER.publicKeyFile(directory).toString();
        String other = TlsIdentity.ofLocalhost().pin();
        try (var upstream = ScriptedUpstream.sending("hello").as(SERVER)) {
            for (String pin : new String[] {SERVER.pin(), other + ";" + SERVER.pin(), file}) {
                Relay.run("get", "--cacert", authority, "--pinnedpubkey", pin, upstream.url())
                        .mustSucceed();
            }
            for (String trust : new String[] {"--cacert=" + authority, "-k"}) {
                var run = Relay.run("get", "--retry", "0", trust, "--pinnedpubkey", other, upstream.url());
                assertThat(run.mustFailWith(90).stderr()).contains("the server has the key " + SERVER.pin());
            }
            // A pin stands for no authority.
            Relay.run("get", "--retry", "0", "--pinnedpubkey", SERVER.pin(), upstream.url())
                    .mustFailWith(60);
            assertThat(upstream.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --pinnedpubkey=sha256//AAAA   | is not sha256// and the Base64 of 32 bytes
        --tls-max=1.1                 | relay speaks no TLS older than 1.2
        --tls-max=2                   | is not 1.2 or 1.3
        --key=x                       | needs --cert
        --pass=x                      | needs --cert
        --cert-type=ENG               | needs --cert
        """)
    void whatMakesNoSenseIsAMisuse(String option, String why) {
        assertThat(Relay.run("get", option, "https://localhost/")
                        .mustFailWith(2)
                        .stderr())
                .contains(why);
    }
}
