package dev.relay.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to a Digest challenge, by the examples of RFC 7616 (section 3.9) and RFC 2617 (section 3.5). */
class DigestSessionTest {
    private static final String CHALLENGE = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final Login MUFASA = new Login("Mufasa", new Secret("Circle of Life"));

    private static DigestSession session(String challenge, Login login, String cnonce) {
        var parsed = DigestChallenge.firstOf(AuthChallenge.parse(List.of(challenge)));
        return new DigestSession(parsed.orElseThrow(), login, cnonce);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    })
    void theExamplesOfRfc7616(String algorithm, String response) {
        var said =
                session(CHALLENGE + ", algorithm=" + algorithm, MUFASA, CNONCE).authorization("GET", "/dir/index.html");

        assertThat(said)
                .isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\","
                        + " algorithm=" + algorithm + ", qop=auth, nc=00000001, cnonce=\"" + CNONCE + "\","
                        + " response=\"" + response + "\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    /** The challenge of section 3.9.2, whose printed answers took a cut SHA-512 for SHA-512/256 (erratum 4897). */
    @Test
    void aHashedUserIsNotNamed() {
        var login = new Login("J\u00e4s\u00f8n Doe", new Secret("Secret, or not?"));
        var said = session(
                        "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                                + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true",
                        login,
                        "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm")
                .authorization("GET", "/doe.json");

        assertThat(said)
                .contains("userhash=true")
                .contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\"")
                .contains("response=\"7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c\"");
    }

    @Test
    void withoutQopTheAnswerIsThatOfRfc2069() {
        var said = session(
                        "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
                        new Login("Mufasa", new Secret("CircleOfLife")),
                        "unused")
                .authorization("GET", "/dir/index.html");

        assertThat(said)
                .endsWith("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("cnonce", "nc=");
    }

    @Test
    void everyRequestIsCounted() {
        var session = session(CHALLENGE, MUFASA, CNONCE);

        assertThat(session.authorization("GET", "/")).contains("nc=00000001");
        assertThat(session.authorization("GET", "/")).contains("nc=00000002");
    }

    @Test
    void theNextNonceIsCountedAnew() {
        var session = session(CHALLENGE, MUFASA, CNONCE);
        session.authorization("GET", "/");
        session.heard(List.of("rspauth=\"x\", nextnonce=\"another\""));

        assertThat(session.authorization("GET", "/")).contains("nonce=\"another\"", "nc=00000001");
    }

    @Test
    void aSessionHasOneKey() {
        var session = session(CHALLENGE + ", algorithm=MD5-sess", MUFASA, "c");
        var function = HashFunction.MD5;
        var key = function.of(
                function.of("Mufasa", "http-auth@example.org", "Circle of Life"),
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "c");
        session.heard(List.of("nextnonce=\"n2\""));

        assertThat(session.authorization("GET", "/x"))
                .contains("algorithm=MD5-sess")
                .contains("response=\"" + function.of(key, "n2", "00000001", "c", "auth", function.of("GET", "/x"))
                        + "\"");
    }

    @Test
    void quotesAreQuotedAndOtherLettersEncoded() {
        assertThat(session("Digest realm=\"a\\\"b\", nonce=n", new Login("x\\y", new Secret("")), "c")
                        .authorization("GET", "/"))
                .contains("username=\"x\\\\y\"", "realm=\"a\\\"b\"");
        assertThat(session("Digest realm=a, nonce=n", new Login("j\u00e4", new Secret("")), "c")
                        .authorization("GET", "/"))
                .contains("username*=UTF-8''%6A%C3%A4");
    }

    @Test
    void whatIsSaidNeverHoldsThePassword() {
        assertThat(session(CHALLENGE, MUFASA, CNONCE).authorization("GET", "/")).doesNotContain("Circle of Life");
    }
}
