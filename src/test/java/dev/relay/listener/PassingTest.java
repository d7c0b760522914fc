package dev.relay.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Headers;
import dev.relay.plan.HeaderPolicy;
import dev.relay.plan.HeaderPolicy.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which header fields cross, in which direction, under which policy. */
class PassingTest {
    private static Headers of(String... names) {
        return new Headers(List.of(names).stream()
                .map(name -> new Headers.Field(name, "x"))
                .toList());
    }

    private static Passing policy(Kind kind, Set<String> pass, Set<String> drop) {
        return new Passing(new HeaderPolicy(kind, pass, drop, Headers.NONE), false);
    }

    private static Passing policy(Kind kind) {
        return policy(kind, Set.of(), Set.of());
    }

    @ParameterizedTest
    @CsvSource({
        "Range, true, true, true",
        "If-None-Match, true, true, true",
        "Accept-Language, true, true, false",
        "Cookie, false, true, false",
        "Authorization, false, true, false",
        "Referer, false, true, false",
        "Origin, false, true, false",
        "User-Agent, false, true, false",
        "Accept-Encoding, false, true, false",
        "Host, false, false, false",
        "Content-Length, false, false, false"
    })
    void aRequestTellsTheUpstreamOnlyWhatThePolicyLets(String name, boolean safe, boolean all, boolean none) {
        assertThat(policy(Kind.SAFE).request(of(name)).contains(name)).isEqualTo(safe);
        assertThat(policy(Kind.ALL).request(of(name)).contains(name)).isEqualTo(all);
        assertThat(policy(Kind.NONE).request(of(name)).contains(name)).isEqualTo(none);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, true, true, true",
        "ETag, true, true, true",
        "X-Anything, true, true, false",
        "Set-Cookie, false, true, false",
        "Strict-Transport-Security, false, true, false",
        "Alt-Svc, false, true, false",
        "Clear-Site-Data, false, true, false",
        "Access-Control-Allow-Origin, false, true, false",
        "Server, false, true, false",
        "Content-Length, false, false, false"
    })
    void aResponseBringsBackOnlyWhatThePolicyLets(String name, boolean safe, boolean all, boolean none) {
        assertThat(policy(Kind.SAFE).response(of(name)).contains(name)).isEqualTo(safe);
        assertThat(policy(Kind.ALL).response(of(name)).contains(name)).isEqualTo(all);
        assertThat(policy(Kind.NONE).response(of(name)).contains(name)).isEqualTo(none);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsAboutOneConnectionNeverCrosses(Kind kind) {
        String[] names = {
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Proxy-Authenticate",
            "Proxy-Authorization"
        };
        Set<String> asked = Set.of("connection", "keep-alive", "te", "transfer-encoding", "x-secret");
        Headers named = of(names).and(new Headers.Field("connection", "close, X-Secret"));
        Headers all = named.and(new Headers.Field("X-Secret", "1"));

        assertThat(policy(kind, asked, Set.of()).request(all).fields()).isEmpty();
        assertThat(policy(kind, asked, Set.of()).response(all).fields()).isEmpty();
    }

    @Test
    void aFieldThatIsNamedCrossesOrDoesNotWhateverThePolicySays() {
        var passing = policy(Kind.NONE, Set.of("cookie"), Set.of("etag"));

        assertThat(passing.request(of("Cookie")).contains("Cookie")).isTrue();
        assertThat(passing.response(of("ETag")).contains("ETag")).isFalse();
    }

    @Test
    void credentialsThatAreMeantForUsStayHere() {
        var ours = new Passing(new HeaderPolicy(Kind.ALL, Set.of("authorization"), Set.of(), Headers.NONE), true);

        assertThat(ours.request(of("Authorization")).fields()).isEmpty();
    }
}
