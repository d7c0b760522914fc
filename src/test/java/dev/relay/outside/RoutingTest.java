package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection goes where it was told to; what is asked for there stays what the URL says. */
class RoutingTest {
    @TempDir
    Path directory;

    private static InetAddress sixthVersionOfHome() {
        return home("::1");
    }

    /** One of this machine's own addresses; the test is skipped where it is none. */
    private static InetAddress home(String address) {
        InetAddress home = InetAddress.ofLiteral(address);
        try (var socket = new ServerSocket(0, 1, home)) {
            assertThat(socket.isBound()).isTrue();
        } catch (IOException e) {
            Assumptions.abort("needs the address " + address);
        }
        return home;
    }

    @Test
    void resolveGivesANameItsAddress() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String url = upstream.url("http", "nosuch.relay.test", "/x");
            String resolve = "nosuch.relay.test:" + upstream.port() + ":127.0.0.1";
            Relay.run("get", "--resolve", resolve, url).mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo("nosuch.relay.test:" + upstream.port());
        }
    }

    @Test
    void resolveIsForItsPortAlone() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String url = upstream.url("http", "nosuch.invalid", "/x");
            Relay.run("get", "--resolve", "nosuch.invalid:1:127.0.0.1", url).mustFailWith(6);
            Relay.run("get", "--resolve", "*:" + upstream.port() + ":127.0.0.1", url)
                    .mustSucceed();
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String url = upstream.url("http", "two.relay.test", "/x");
            String resolve = "two.relay.test:" + upstream.port() + ":127.0.0.2,127.0.0.1";
            Relay.run("get", "--resolve", resolve, url).mustSucceed();
        }
    }

    @Test
    void anAddressThatNeverAnswersLeavesTimeForTheNext() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").on(home("127.0.0.4"));
                var deaf = new Ports.Deaf(home("127.0.0.3"), upstream.port())) {
            String url = upstream.url("http", "two.relay.test", "/x");
            String resolve = "two.relay.test:" + deaf.port() + ":127.0.0.3,127.0.0.4";
            var run = Relay.run("get", "--connect-timeout", "2", "--resolve", resolve, url);
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
        }
    }

    @Test
    void connectToGoesElsewhereAndAsksForTheSame() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String to = "www.relay.test:80:127.0.0.1:" + upstream.port();
            Relay.run("get", "--connect-to", to, "http://www.relay.test/x").mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo("www.relay.test");
            Relay.run("get", "--connect-to", "::127.0.0.1:" + upstream.port(), "http://any.relay.test/")
                    .mustSucceed();
            assertThat(upstream.request(1).header("Host")).isEqualTo("any.relay.test");
        }
    }

    @Test
    void overTlsTheNameOfTheUrlIsTheOneThatCounts() throws Exception {
        var identity = TlsIdentity.of("www.relay.test");
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello").as(identity)) {
            String to = "www.relay.test:443:127.0.0.1:" + upstream.port();
            Relay.run("get", "--cacert", authority, "--connect-to", to, "https://www.relay.test/")
                    .mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo("www.relay.test");
            String resolve = "www.relay.test:" + upstream.port() + ":127.0.0.1";
            String url = upstream.url("https", "www.relay.test", "/");
            Relay.run("get", "--cacert", authority, "--resolve", resolve, url).mustSucceed();
            String other = "other.relay.test:443:127.0.0.1:" + upstream.port();
            Relay.run("get", "--cacert", authority, "--connect-to", other, "https://other.relay.test/")
                    .mustFailWith(60);
        }
    }

    @Test
    void aFamilyOfAddressesIsTheOnlyOne() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").on(sixthVersionOfHome())) {
            String url = upstream.url("http", "both.relay.test", "/x");
            String resolve = "both.relay.test:" + upstream.port() + ":127.0.0.1,[::1]";
            Relay.run("get", "-4", "--resolve", resolve, url).mustFailWith(7);
            Relay.run("get", "-6", "--resolve", resolve, url).mustSucceed();
            Relay.run("get", "--resolve", resolve, url).mustSucceed();
        }
    }

    @Test
    void anAddressOfTheSixthVersionStandsInBrackets() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello").on(sixthVersionOfHome())) {
            Relay.run("get", upstream.url()).mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo("[::1]:" + upstream.port());
        }
    }

    @Test
    void namesBelowLocalhostAreThisMachine() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", upstream.url("http", "foo.localhost", "/")).mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo("foo.localhost:" + upstream.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.", "my_host", "my_host.relay.test."})
    void anUnusualNameIsSentAsItWasTyped(String host) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            String resolve = host + ":" + upstream.port() + ":127.0.0.1";
            Relay.run("get", "--resolve", resolve, upstream.url("http", host, "/"))
                    .mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo(host + ":" + upstream.port());
        }
    }

    @Test
    void theDotOfAnAbsoluteNameIsNotPartOfACertificate() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var upstream = ScriptedUpstream.sending("hello").as(identity)) {
            String resolve = "localhost.:" + upstream.port() + ":127.0.0.1";
            String url = upstream.url("https", "localhost.", "/");
            Relay.run("get", "--cacert", authority, "--resolve", resolve, url).mustSucceed();
            assertThat(upstream.request(0).header("Host")).isEqualTo("localhost.:" + upstream.port());
        }
    }

    @Test
    void localhostIsFoundWithoutAScheme() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello")) {
            Relay.run("get", "localhost:" + upstream.port() + "/x").mustSucceed();
            Relay.run("127.0.0.1:" + upstream.port() + "/x").mustSucceed();
            assertThat(upstream.requests()).hasSize(2);
        }
    }
}
