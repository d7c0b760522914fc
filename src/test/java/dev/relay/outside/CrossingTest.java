package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.RecordedRequest;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent after a redirect: each status, each kind of credential, each kind of place it may lead to. */
class CrossingTest {
    @TempDir
    static Path directory;

    /** Where a redirect leads. */
    enum Place {
        SAME_ORIGIN,
        OTHER_PORT,
        OTHER_HOST,
        OUT_OF_TLS
    }

    /** How the user is known, and the field that says it. */
    enum Kind {
        USER("Authorization", "-u", "alice:secret"),
        BEARER("Authorization", "--bearer", "secret"),
        DIGEST("Authorization", "--digest", "-u", "alice:secret"),
        AUTHORIZATION("Authorization", "-H", "Authorization: Custom secret"),
        API_KEY("X-Api-Key", "-H", "X-Api-Key: secret"),
        COOKIE_FIELD("Cookie", "-H", "Cookie: a=secret"),
        NETRC("Authorization", "--netrc-file", "netrc"),
        NETRC_OF_ALL("Authorization", "--netrc-file", "netrc-of-all"),
        URL("Authorization");

        private final String field;

        // A list that List.of makes never changes.
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> options;

        Kind(String field, String... options) {
            this.field = field;
            this.options = List.of(options);
        }

        /** What a netrc file names a host for goes to that host, at any port, but not in clear after TLS. */
        boolean crossesTo(Place place) {
            return place == Place.SAME_ORIGIN || (this == NETRC && place == Place.OTHER_PORT);
        }
    }

    static Stream<Arguments> crossings() {
        var all = new ArrayList<Arguments>();
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            for (Kind kind : Kind.values()) {
                for (Place place : Place.values()) {
                    all.add(Arguments.of(status, kind, place));
                }
            }
        }
        return all.stream();
    }

    private static Answer answer(RecordedRequest request, int status, String location) {
        if (request.header("Authorization") == null && request.target().endsWith("digest")) {
            return Answer.status(401).line("WWW-Authenticate: Digest realm=r, nonce=n, qop=auth");
        }
        return request.target().startsWith("/end") ? Answer.ok("the end") : Answer.redirect(status, location);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("crossings")
    void aCredentialStaysWhereItWasGivenFor(int status, Kind kind, Place place) throws Exception {
        Files.writeString(directory.resolve("netrc"), "machine 127.0.0.1 login alice password secret\n");
        Files.writeString(directory.resolve("netrc-of-all"), "default login alice password secret\n");
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        String end = kind == Kind.DIGEST ? "/end-digest" : "/end";
        try (var there = ScriptedUpstream.answering(request -> answer(request, status, ""))) {
            String location = switch (place) {
                case SAME_ORIGIN -> end;
                case OTHER_PORT, OUT_OF_TLS -> there.url(end);
                case OTHER_HOST -> there.url("http", "localhost", end);
            };
            var near = ScriptedUpstream.answering(request -> answer(request, status, location));
            try (var here = place == Place.OUT_OF_TLS ? near.as(identity) : near) {
                String start = kind == Kind.DIGEST ? "/start-digest" : "/start";
                String url = kind == Kind.URL ? here.url(start).replace("://", "://alice:secret@") : here.url(start);
                var argv = new ArrayList<>(List.of("get", "--cacert", authority, "--proto-redir", "=http,https"));
                argv.addAll(kind.options);
                argv.add(url);
                var run = Relay.in(directory).with(argv.toArray(new String[0]));
                assertThat(here.requests()).anyMatch(request -> request.header(kind.field) != null);
                var last = place == Place.SAME_ORIGIN
                        ? here.requests().getLast()
                        : there.requests().getLast();
                if (kind.crossesTo(place)) {
                    assertThat(run.mustSucceed().stdout()).isEqualTo("the end");
                    assertThat(last.header(kind.field)).isNotNull();
                } else {
                    assertThat(last.headText()).doesNotContain("secret");
                    assertThat(last.header(kind.field)).isNull();
                }
            }
        }
    }
}
