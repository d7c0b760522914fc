package dev.relay.outside;

import static dev.relay.outside.DuplexTest.mustAnswerLineByLine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedProxy;
import dev.relay.support.TlsIdentity;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both directions at once over every way that leads to a server. */
@Timeout(60)
class DuplexWaysTest {
    @TempDir
    Path directory;

    @Test
    void aProxyForwardsWhatIsInClear() throws Exception {
        var heads = new ConcurrentLinkedQueue<String>();
        try (var proxy = EchoServer.doing(connection -> {
            String head = connection.readHead();
            heads.add(head);
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (byte[] piece = connection.readChunk(); piece.length > 0; piece = connection.readChunk()) {
                connection.writeChunk(piece);
            }
            connection.write("0\r\n\r\n");
        })) {
            String way = "http://me:secret@127.0.0.1:" + proxy.port();
            mustAnswerLineByLine("duplex", "-x", way, "http://upstream.test/talk?a=b");
        }
        assertThat(heads.poll())
                .startsWith("POST http://upstream.test/talk?a=b HTTP/1.1\r\n")
                .contains("Host: upstream.test\r\n", "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n");
    }

    @Test
    void aProxyConnectsWhereItIsToldTo() throws Exception {
        TlsIdentity identity = TlsIdentity.ofLocalhost();
        String authority = identity.authorityFile(directory).toString();
        try (var clear = EchoServer.doing(EchoServer::echo);
                var secure = EchoServer.as(identity, EchoServer::echo, "http/1.1");
                var proxy = new ScriptedProxy()) {
            String way = "http://" + proxy.authority();
            mustAnswerLineByLine("duplex", "-p", "-x", way, clear.url());
            mustAnswerLineByLine("duplex", "--cacert", authority, "-x", way, secure.url("https"));
            assertThat(proxy.heads()).hasSize(2).allMatch(head -> head.startsWith("CONNECT "));
            mustAnswerLineByLine("duplex", "-x", "socks5://" + proxy.authority(), clear.url());
            assertThat(proxy.destinations()).hasSize(1);
        }
    }

    @Test
    void aProxyThatRefusesToConnectIsToldAsThat() throws Exception {
        try (var proxy = new ScriptedProxy().answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
            for (String url : new String[] {"https://upstream.test/", "http://upstream.test/"}) {
                var run = Relay.reading(DuplexTest.open(""))
                        .with("duplex", "-p", "-x", "http://" + proxy.authority(), url)
                        .mustFailWith(97);
                assertThat(run.stderr()).contains("403");
            }
        }
        try (var proxy = new ScriptedProxy().refusingWith(5)) {
            Relay.reading(DuplexTest.open(""))
                    .with("duplex", "-x", "socks5h://" + proxy.authority(), "http://upstream.test/")
                    .mustFailWith(97);
        }
    }

    @Test
    void aSocketInTheFileSystemIsAServer() throws Exception {
        Path path = directory.resolve("server.sock");
        try (var server = EchoServer.doing(EchoServer::echo);
                var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(path));
            RouteTest.join(socket, server.port());
            mustAnswerLineByLine("duplex", "--unix-socket", path.toString(), "http://localhost/");
        }
    }

    @Test
    void credentialsAndFilesOfThemAreSentWithTheOneRequest() throws Exception {
        Path netrc = Files.writeString(directory.resolve("netrc"), "machine 127.0.0.1 login me password secret\n");
        var heads = new ConcurrentLinkedQueue<String>();
        try (var server = EchoServer.doing(connection -> {
            heads.add(connection.readHead());
            connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        })) {
            Relay.reading("x").with("duplex", "-u", "me:secret", server.url()).mustSucceed();
            Relay.reading("x")
                    .with("duplex", "--netrc-file", netrc.toString(), server.url())
                    .mustSucceed();
            assertThat(heads).hasSize(2).allMatch(head -> head.contains("Authorization: Basic bWU6c2VjcmV0\r\n"));
            heads.clear();
            Relay.reading("x").with("duplex", "--bearer", "token", server.url()).mustSucceed();
            assertThat(heads).hasSize(1).allMatch(head -> head.contains("Authorization: Bearer token\r\n"));
        }
    }

    @Test
    void whatCannotMeanAnythingIsRefused() {
        for (String option : new String[] {"-c", "-d", "-T", "-o", "-r"}) {
            assertThat(Relay.reading("")
                            .with("duplex", option, "x", "http://127.0.0.1:1/")
                            .mustFailWith(2)
                            .stderr())
                    .contains(option);
        }
        Relay.reading("").with("duplex", "gopher://127.0.0.1:1/").mustFailWith(1);
    }
}
