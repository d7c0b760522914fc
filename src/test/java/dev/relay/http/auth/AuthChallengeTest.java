package dev.relay.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Challenges are told apart whatever their commas look like (RFC 9110, section 11.6.1). */
class AuthChallengeTest {
    private static AuthChallenge challenge(String scheme, String... parameters) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return new AuthChallenge(scheme, map);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("Basic realm=\"a\"", List.of(challenge("basic", "realm", "a"))),
                arguments("BASIC REALM=a", List.of(challenge("basic", "realm", "a"))),
                arguments(
                        "Basic realm = \"a\" , charset=UTF-8",
                        List.of(challenge("basic", "realm", "a", "charset", "UTF-8"))),
                arguments(
                        "Basic realm=\"a, Digest realm=\\\"b\\\"\"",
                        List.of(challenge("basic", "realm", "a, Digest realm=\"b\""))),
                arguments("Basic realm=\"a\\\\b\"", List.of(challenge("basic", "realm", "a\\b"))),
                arguments(
                        "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
                        List.of(
                                challenge("newauth", "realm", "apps", "type", "1", "title", "Login to \"apps\""),
                                challenge("basic", "realm", "simple"))),
                arguments("Negotiate", List.of(challenge("negotiate"))),
                arguments(
                        "Negotiate, Basic realm=x", List.of(challenge("negotiate"), challenge("basic", "realm", "x"))),
                arguments(
                        "Negotiate YII=, NTLM , Basic realm=x",
                        List.of(challenge("negotiate"), challenge("ntlm"), challenge("basic", "realm", "x"))),
                arguments(", ,Basic realm=x,, ,", List.of(challenge("basic", "realm", "x"))),
                arguments("Basic realm=x, realm=y", List.of(challenge("basic", "realm", "x"))),
                arguments("Digest nonce=\"\",realm=\"\"", List.of(challenge("digest", "nonce", "", "realm", ""))),
                arguments("", List.of()),
                arguments("realm=x", List.of()),
                arguments("Basic realm=\"never closed", List.of(challenge("basic"))),
                arguments(
                        "Basic realm=x, Digest realm=\"y",
                        List.of(challenge("basic", "realm", "x"), challenge("digest"))),
                arguments("Basic realm=x y=z, Digest a=b", List.of(challenge("basic", "realm", "x"))));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsReadAsItIsMeant(String line, List<AuthChallenge> challenges) {
        assertThat(AuthChallenge.parse(List.of(line))).isEqualTo(challenges);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(AuthChallenge.parse(List.of("Basic realm=\"broken", "Digest realm=b", "Basic realm=c")))
                .extracting(AuthChallenge::scheme)
                .containsExactly("basic", "digest", "basic");
    }

    @Test
    void whatCannotBeAnsweredIsPassedOver() {
        var challenges = AuthChallenge.parse(List.of(
                "Digest realm=a, nonce=n, algorithm=SHA-1",
                "Digest realm=b",
                "Digest realm=c, nonce=n, qop=\"auth-int\"",
                "Digest realm=\"caf\u00e9\", nonce=n",
                "Digest realm=d, nonce=n, algorithm=sha-256-SESS, qop=\"auth-int, auth\", stale=TRUE"));

        var first = DigestChallenge.firstOf(challenges).orElseThrow();

        assertThat(first.realm()).isEqualTo("d");
        assertThat(first.function()).isEqualTo(HashFunction.SHA_256);
        assertThat(first.session()).isTrue();
        assertThat(first.qop()).isTrue();
        assertThat(first.stale()).isTrue();
        assertThat(first.hashedUser()).isFalse();
    }
}
