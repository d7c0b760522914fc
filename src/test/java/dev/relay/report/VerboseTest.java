package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.io.Witness;
import dev.relay.plan.Telling;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exchange as {@code -v} shows it. */
class VerboseTest {
    private final Told told = new Told(Path.of("."));

    private Witness witness(boolean verbose, boolean silent) {
        return new Reporter(
                        new Telling(silent, true, verbose, false, Telling.Progress.NONE, null, null),
                        told.surroundings())
                .witness();
    }

    private static void exchange(Witness witness) {
        var url = Told.url(Told.URL);
        witness.resolved("upstream.example", List.of(Told.address()));
        witness.connected(url, Told.address(), url.port());
        witness.requested(
                "GET", url, "HTTP/1.1", new Headers(List.of(new Field("Authorization", "Basic dXNlcjpodW50ZXIy"))));
        witness.answered(new Head(
                "HTTP/1.1",
                302,
                new Headers(List.of(
                        new Field("Location", "http://u:hunter2@other.example/"),
                        new Field("Set-Cookie", "sid=hunter2"),
                        new Field("X-Odd", "gr\u00c3\u00bc\u00c3\u009fe \u001b[2J")))));
        witness.redirected(url, Told.url("http://u:hunter2@other.example/"));
        witness.note("the server\nis slow");
    }

    @Test
    void namesTheConnectionOfEachThreadThatBreaksAndThatAnswers() throws Exception {
        Witness witness = witness(true, false);
        var url = Told.url("http://upstream.example/");
        Head head = new Head("HTTP/1.1", 206, new Headers(List.of()));
        var other = new Thread(() -> witness.connected(url, Told.address(), 80));
        witness.connected(url, Told.address(), 80);
        other.start();
        other.join();

        witness.answered(head);
        witness.broken();
        witness.reused(url, true);

        assertThat(told.stderr()).isEqualTo("""
                * Connected to upstream.example (192.0.2.7) port 80 (#1)
                * Connected to upstream.example (192.0.2.7) port 80 (#2)
                * On the connection to upstream.example (#1):
                < HTTP/1.1 206 Partial Content
                <\040
                * The connection to upstream.example (#1) broke
                * Using the connection to upstream.example (#1) again
                """);
    }

    @Test
    void showsTheExchangeAsCurlDoesAndNoSecret() {
        exchange(witness(true, false));

        assertThat(told.stderr()).doesNotContain("hunter2", "dXNlcjpodW50ZXIy").isEqualTo("""
                        * Host upstream.example has the addresses 192.0.2.7
                        * Connected to upstream.example (192.0.2.7) port 8080 (#1)
                        > GET /a/b?c=d HTTP/1.1
                        > Host: upstream.example:8080
                        > Authorization: Basic (redacted)
                        >\040
                        < HTTP/1.1 302 Found
                        < Location: http://other.example/
                        < Set-Cookie: (redacted)
                        < X-Odd: gr\u00fc\u00dfe \\x1b[2J
                        <\040
                        * Following the redirect to http://other.example/
                        relay: note: the server\\nis slow
                        """);
    }

    @Test
    void showsNoLookUpOfAnAddressAndNoVersionThatIsNotKnownYet() {
        var witness = witness(true, false);
        witness.resolved("192.0.2.7", List.of(Told.address()));
        witness.requested("GET", Told.url("https://192.0.2.7/"), "", new Headers(List.of()));

        assertThat(told.stderr()).isEqualTo("> GET /\n> Host: 192.0.2.7\n> \n");
    }

    @Test
    void showsOnlyNotesUnlessAskedFor() {
        exchange(witness(false, false));

        assertThat(told.stderr()).isEqualTo("relay: note: the server\\nis slow\n");
    }

    @Test
    void showsNoNotesInSilence() {
        exchange(witness(false, true));

        assertThat(told.stderr()).isEmpty();
    }

    @Test
    void showsTheExchangeInSilenceToo() {
        exchange(witness(true, true));

        assertThat(told.stderr()).startsWith("* Host").doesNotContain("note");
    }
}
