package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.OpenSsl;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that asks who is there is shown a certificate, from whatever file it is kept in. */
class ClientCertificateTest {
    @TempDir
    static Path directory;

    private static final TlsIdentity SERVER = TlsIdentity.ofLocalhost();

    @BeforeAll
    static void makeKeys() throws Exception {
        var openssl = new OpenSsl(directory)
                .pair("rsa", "RSA")
                .pair("ec", "EC -pkeyopt ec_paramgen_curve:P-256")
                .pair("ed", "ED25519")
                .pair("other", "RSA");
        openssl.run("pkey -in rsa.key -traditional -out rsa1.key");
        openssl.run("pkey -in rsa.key -traditional -aes256 -passout pass:open -out rsa1aes.key");
        openssl.run("pkey -in rsa.key -traditional -des3 -passout pass:open -out rsa1des.key");
        openssl.run("pkey -in ec.key -traditional -out ec1.key");
        openssl.run("pkey -in ec.key -traditional -aes128 -passout pass:open -out ec1aes.key");
        openssl.run("ecparam -name prime256v1 -out ecp.pem");
        openssl.run("pkcs8 -topk8 -in rsa.key -passout pass:open -out rsa8.key");
        openssl.run("pkcs8 -topk8 -in ec.key -v2 aes128 -v2prf hmacWithSHA512 -passout pass:open -out ec8.key");
        openssl.run("pkcs8 -topk8 -in rsa.key -v2 des3 -passout pass:open -out rsa8des.key");
        openssl.run("pkcs8 -topk8 -in rsa.key -v1 PBE-SHA1-3DES -passout pass:open -out rsa8v1.key");
        openssl.run("pkcs8 -topk8 -in ed.key -passout pass:open -out ed8.key");
        openssl.run("pkcs8 -topk8 -in rsa.key -scrypt -passout pass:open -out scrypt.key");
        openssl.run("pkcs12 -export -inkey rsa.key -in rsa.crt -passout pass:open -out rsa.p12");
        openssl.run("pkcs12 -export -inkey ec.key -in ec.crt -passout pass: -out ec.pfx");
        openssl.run("pkey -in rsa.key -outform DER -out rsa.key.der");
        openssl.run("pkey -in rsa.key -traditional -outform DER -out rsa1.key.der");
        openssl.run("pkey -in ec.key -traditional -outform DER -out ec1.key.der");
        openssl.run("x509 -in rsa.crt -outform DER -out rsa.crt.der");
        openssl.run("x509 -in ec.crt -outform DER -out ec.crt.der");
        both("rsa.crt", "rsa.key", "rsa.both");
        both("rsa1aes.key", "rsa.crt", "rsa.sealed");
        both("ecp.pem", "ec1.key", "ecp.key");
    }

    private static void both(String one, String other, String into) throws Exception {
        Files.writeString(
                directory.resolve(into),
                "a note\n" + Files.readString(directory.resolve(one)) + Files.readString(directory.resolve(other)));
    }

    private static Run get(String client, String... options) throws Exception {
        return get(SERVER.requiring(directory.resolve(client)), options);
    }

    private static Run get(TlsIdentity server, String... options) throws Exception {
        try (var upstream = ScriptedUpstream.sending("who is there").as(server)) {
            var line = new ArrayList<>(List.of("get", "--retry", "0", "-k"));
            line.addAll(List.of(options));
            line.add(upstream.url());
            return Relay.in(directory).with(line.toArray(new String[0]));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, rsa.key, ''",
        "rsa, rsa1.key, ''",
        "rsa, rsa1aes.key, open",
        "rsa, rsa1des.key, open",
        "rsa, rsa8.key, open",
        "rsa, rsa8des.key, open",
        "rsa, rsa8v1.key, open",
        "rsa, rsa.p12, open",
        "rsa, rsa.key.der, ''",
        "rsa, rsa1.key.der, ''",
        "ec, ec.key, ''",
        "ec, ec1.key, ''",
        "ec, ec1aes.key, open",
        "ec, ec8.key, open",
        "ec, ecp.key, ''",
        "ec, ec1.key.der, ''",
        "ed, ed.key, ''",
        "ed, ed8.key, open"
    })
    void everyFormOfAKeyProvesWhoTheClientIs(String client, String key, String password) throws Exception {
        var run = password.isEmpty()
                ? get(client + ".crt", "--cert", client + ".crt", "--key", key)
                : get(client + ".crt", "--cert", client + ".crt", "--key", key, "--pass", password);
        assertThat(run.mustSucceed().stdout()).isEqualTo("who is there");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, rsa.both, ''",
        "rsa, rsa.sealed:open, ''",
        "rsa, rsa.sealed, open",
        "rsa, rsa.p12:open, ''",
        "rsa, rsa.p12, open",
        "ec, ec.pfx, ''"
    })
    void oneFileMayHoldBoth(String client, String file, String password) throws Exception {
        var run = password.isEmpty()
                ? get(client + ".crt", "-E", file)
                : get(client + ".crt", "-E", file, "--pass", password);
        assertThat(run.mustSucceed().stdout()).isEqualTo("who is there");
    }

    @Test
    void aCertificateMayBeBare() throws Exception {
        get("rsa.crt", "--cert", "rsa.crt.der", "--key", "rsa.key").mustSucceed();
        get("ec.crt", "--cert", "ec.crt.der", "--cert-type", "der", "--key", "ec.key", "--key-type", "PEM")
                .mustSucceed();
    }

    @Test
    void aColonInANameHasABackslashBeforeIt() throws Exception {
        Files.copy(directory.resolve("rsa.both"), directory.resolve("rsa:both"));
        get("rsa.crt", "--cert", "rsa\\:both").mustSucceed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rsa.crt | rsa8.key    | wrong | rsa8.key: the password does not open it (--pass gives it)
        rsa.crt | rsa1aes.key | wrong | rsa1aes.key: the password does not open it (--pass gives it)
        rsa.crt | rsa8v1.key  | wrong | rsa8v1.key: the password does not open it
        rsa.crt | rsa.p12     | wrong | rsa.p12: the password does not open it
        rsa.crt | rsa8.key    | ''    | rsa8.key: it is encrypted, and no password was given (--pass gives it)
        rsa.crt | rsa1aes.key | ''    | rsa1aes.key: it is encrypted, and no password was given (--pass gives it)
        rsa.crt | rsa.p12     | ''    | rsa.p12: it is encrypted, and no password was given
        rsa.crt | other.key   | ''    | other.key: the key is not that of the certificate in
        rsa.crt | ec.key      | ''    | ec.key: the key is not that of the certificate in
        rsa.crt | scrypt.key  | open  | its password goes through 1.3.6.1.4.1.11591.4.11
        rsa.crt | rsa.crt     | ''    | rsa.crt: no private key in it
        rsa.key | rsa.key     | ''    | rsa.key: no certificate in it
        none    | rsa.key     | ''    | none: no such file
        rsa.crt | none        | ''    | none: no such file
        """)
    void whatCannotBeUsedIsFiftyEightAndSaysWhichFileIsToBlame(
            String certificate, String key, String password, String why) throws Exception {
        var run = password.isEmpty()
                ? get("rsa.crt", "--cert", certificate, "--key", key)
                : get("rsa.crt", "--cert", certificate, "--key", key, "--pass", password);
        assertThat(run.mustFailWith(58).stderr()).contains("cannot use the certificate: ", why);
        assertThat(run.stderr()).doesNotContain("wrong");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void whoHasNoneIsToldThatOneIsAskedFor(String version) throws Exception {
        TlsIdentity server = SERVER.requiring(directory.resolve("rsa.crt")).speaking(version);
        assertThat(get(server).mustFailWith(58).stderr()).contains("client certificate", "--cert FILE gives one");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void theWrongOneIsRefused(String version) throws Exception {
        TlsIdentity server = SERVER.requiring(directory.resolve("rsa.crt")).speaking(version);
        // Before TLS 1.3 the server may be gone before it has said why.
        get(server, "--cert", "other.crt", "--key", "other.key").mustFailWithOneOf(58, 35);
    }

    @Test
    void aServerThatDoesNotAskIsShownNothing() throws Exception {
        get(SERVER, "--cert", "rsa.both").mustSucceed();
    }
}
