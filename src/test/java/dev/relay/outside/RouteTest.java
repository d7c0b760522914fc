package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Ports;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedProxy;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way a request goes: by the environment, a socket in the file system, an address of this machine. */
class RouteTest {
    @TempDir
    Path directory;

    private static Relay with(String environment) {
        var relay = Relay.in(Path.of("").toAbsolutePath());
        for (String setting : environment.split(" ", -1)) {
            if (!setting.isEmpty()) {
                relay.withEnvironment(
                        setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        return relay;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        http_proxy=@P                       |                   | http  | true
        HTTP_PROXY=@P                       |                   | http  | false
        https_proxy=@P                      |                   | http  | false
        https_proxy=@P                      |                   | https | true
        HTTPS_PROXY=@P                      |                   | https | true
        HTTPS_PROXY=http://@P               |                   | https | true
        http_proxy=@P                       |                   | https | false
        all_proxy=@P                        |                   | http  | true
        ALL_PROXY=socks5h://@P              |                   | https | true
        ALL_PROXY=@P http_proxy=@D        |                   | https | true
        ALL_PROXY=@D http_proxy=@P        |                   | http  | true
        http_proxy= all_proxy=@P            |                   | http  | true
        http_proxy=@D no_proxy=127.0.0.1     |                   | http  | false
        http_proxy=@D NO_PROXY=127.0.0.0/8   |                   | http  | false
        http_proxy=@D no_proxy=*             |                   | http  | false
        http_proxy=@P NO_PROXY=relay.test   |                   | http  | true
        http_proxy=@P no_proxy=127.0.0.1    | --noproxy=        | http  | true
        http_proxy=@D                        | --noproxy=*       | http  | false
        http_proxy=@D                        | --proxy=          | http  | false
        http_proxy=@D                        | --proxy=@P     | http  | true
        ALL_PROXY=@D                         | --proxy=socks4://@P | https | true
        http_proxy=bad://x                     | --noproxy=*       | http  | false
        """)
    void theEnvironmentChoosesTheWayAsForCurl(String environment, String option, String scheme, boolean proxied)
            throws Exception {
        var server = ScriptedUpstream.sending("hello");
        try (var upstream = scheme.equals("https") ? server.as(TlsIdentity.ofLocalhost()) : server;
                var proxy = new ScriptedProxy()) {
            String dead = "127.0.0.1:" + Ports.refusing();
            var relay = with(environment.replace("@P", proxy.authority()).replace("@D", dead));
            String argument = option == null ? "-s" : option.replace("@P", proxy.authority());
            relay.with("get", "--retry", "0", "-k", argument, upstream.url()).mustSucceed();
            assertThat(proxy.connections() > 0).isEqualTo(proxied);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -x ftp://proxy.test        | --proxy: relay knows no proxies of the scheme 'ftp' (http, https, socks4
        -x http://kane:rosebud@a:b | --proxy: names no proxy
        -x a:0                     | --proxy: names no proxy
        """)
    void whatIsNoProxyIsAMisuse(String options, String why) {
        var words = options.split(" ", -1);
        assertThat(Relay.run("get", words[0], words[1], "http://localhost/")
                        .mustFailWith(2)
                        .stderr())
                .contains(why)
                .doesNotContain("rosebud");
        assertThat(with("http_proxy=" + words[1])
                        .with("get", "http://localhost/")
                        .mustFailWith(2)
                        .stderr())
                .contains(why.replace("--proxy", "http_proxy"))
                .doesNotContain("rosebud");
    }

    /** Joins a socket in the file system with a port of this machine. */
    static void join(ServerSocketChannel server, int port) {
        Thread.ofVirtual().start(() -> {
            try (SocketChannel client = server.accept();
                    var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.ofVirtual().start(() -> pass(client, socket));
                socket.getInputStream().transferTo(Channels.newOutputStream(client));
            } catch (IOException e) {
                // The test has ended.
            }
        });
    }

    private static void pass(SocketChannel client, Socket socket) {
        try {
            Channels.newInputStream(client).transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The client left.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aSocketInTheFileSystemIsAServer(String scheme) throws Exception {
        Path path = directory.resolve("server.sock");
        var plain = ScriptedUpstream.sending("hello");
        try (var upstream = scheme.equals("https") ? plain.as(TlsIdentity.of("docker.relay.test")) : plain;
                var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            join(server, upstream.port());
            var run = with("ALL_PROXY=127.0.0.1:" + Ports.refusing())
                    .with("get", "-k", "--unix-socket", path.toString(), scheme + "://docker.relay.test/info");
            assertThat(run.mustSucceed().stdout()).isEqualTo("hello");
            assertThat(upstream.request(0).header("Host")).isEqualTo("docker.relay.test");
        }
    }

    @Test
    void aSocketThatIsNotThereIsSeven() {
        String path = directory.resolve("none").toString();
        assertThat(Relay.run("get", "--retry", "0", "--unix-socket", path, "http://localhost/")
                        .mustFailWith(7)
                        .stderr())
                .contains("the socket " + path + ": no such file");
        assertThat(Relay.run("get", "--abstract-unix-socket", "a", "http://localhost/")
                        .mustFailWith(2)
                        .stderr())
                .contains("Java cannot connect to sockets that are not in the file system");
    }

    @Test
    void connectionsComeFromTheAddressThatIsNamed() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello");
                var proxy = new ScriptedProxy()) {
            Relay.run("get", "--interface", "127.0.0.1", upstream.url()).mustSucceed();
            Relay.run("get", "--interface", "lo", upstream.url()).mustSucceed();
            Relay.run("get", "--interface", "if!lo", "-x", proxy.authority(), upstream.url())
                    .mustSucceed();
            // An address of documentation (RFC 5737): nobody's.
            Relay.run("get", "--retry", "0", "--interface", "192.0.2.1", upstream.url())
                    .mustFailWith(45);
            Relay.run("get", "--retry", "0", "--interface", "192.0.2.1", "-x", proxy.authority(), upstream.url())
                    .mustFailWith(45);
            Relay.run("get", "--interface", "nosuch0", upstream.url()).mustFailWith(45);
        }
    }
}
