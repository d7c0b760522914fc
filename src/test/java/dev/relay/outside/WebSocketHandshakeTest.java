package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.EchoServer;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.WebSocketPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The opening handshake: what is asked for, what is taken for an answer, and what else a server may say. */
@Timeout(60)
class WebSocketHandshakeTest {
    private static final String CHALLENGE = String.join(
            "\r\n",
            "HTTP/1.1 401 Unauthorized",
            "Content-Length: 0",
            "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"",
            "",
            "");

    private static EchoServer answering(String answer) throws Exception {
        return EchoServer.doing(connection -> {
            connection.readHead();
            connection.write(answer);
            connection.ignore();
        });
    }

    private static Run run(EchoServer server, String... options) throws Exception {
        var argv = new String[options.length + 2];
        argv[0] = "duplex";
        System.arraycopy(options, 0, argv, 1, options.length);
        argv[argv.length - 1] = server.url("ws");
        return Relay.reading(DuplexTest.open("x\n")).with(argv);
    }

    @Test
    void whatIsAskedForIsWhatTheRfcWants() throws Exception {
        var head = new StringBuilder();
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection, "Sec-WebSocket-Protocol: soap\r\n");
            head.append(peer.head());
            peer.sendClose(1000, "");
            peer.read();
        })) {
            Run run = run(
                    server,
                    "--subprotocol",
                    "chat, wamp",
                    "--subprotocol",
                    "soap",
                    "-H",
                    "Origin: http://here",
                    "-A",
                    "me",
                    "-u",
                    "kane:rosebud",
                    "-v");
            assertThat(run.mustSucceed().stderr())
                    .contains("> Sec-WebSocket-Version: 13", "< Upgrade: websocket", "Sec-WebSocket-Protocol: soap")
                    .doesNotContain("rosebud", "a2FuZTpyb3NlYnVk");
        }
        assertThat(head.toString())
                .startsWith("GET / HTTP/1.1\r\nHost: localhost:")
                .contains(
                        "\r\nUpgrade: websocket\r\n",
                        "\r\nConnection: Upgrade\r\n",
                        "\r\nSec-WebSocket-Version: 13\r\n",
                        "\r\nSec-WebSocket-Protocol: chat, wamp, soap\r\n",
                        "\r\nOrigin: http://here\r\n",
                        "\r\nUser-Agent: me\r\n",
                        "\r\nAuthorization: Basic a2FuZTpyb3NlYnVk\r\n")
                .containsPattern("\r\nSec-WebSocket-Key: [A-Za-z0-9+/]{22}==\r\n")
                .doesNotContain("Extensions", "chunked");
    }

    @Test
    void cookiesGoWithIt(@TempDir Path directory) throws Exception {
        String jar = "localhost\tFALSE\t/\tFALSE\t0\tkept\tone\nelsewhere\tFALSE\t/\tFALSE\t0\tnot\tthis\n";
        String file = Files.writeString(directory.resolve("jar"), jar).toString();
        var head = new StringBuilder();
        try (var server = EchoServer.doing(connection -> {
            WebSocketPeer peer = WebSocketPeer.greet(connection);
            head.append(peer.head());
            peer.sendClose(1000, "");
        })) {
            run(server, "-b", file, "-b", "typed=two").mustSucceed();
        }
        assertThat(head.toString()).contains("\r\nCookie: kept=one; typed=two\r\n");
    }

    @Test
    void noSubprotocolIsAChoiceToo() throws Exception {
        try (var server = EchoServer.doing(WebSocketPeer::echo)) {
            Relay.reading("")
                    .with("duplex", "--subprotocol", "chat", server.url("ws"))
                    .mustSucceed();
        }
    }

    /** A head from which a line is taken, or to which one is added. */
    @ParameterizedTest
    @CsvSource({
        "Upgrade: websocket, '', does not switch to websocket",
        "Upgrade: websocket, 'Upgrade: h2c', does not switch to websocket",
        "Connection: Upgrade, 'Connection: close', does not say upgrade",
        "Sec-WebSocket-Accept: , 'X: ', does not answer our key",
        "HTTP/1.1 101, 'HTTP/1.0 101', speaks HTTP/1.0",
        "Upgrade: websocket, 'Upgrade: websocket\nSec-WebSocket-Extensions: permessage-deflate', none was offered",
        "Upgrade: websocket, 'Upgrade: websocket\nSec-WebSocket-Protocol: other', which was not offered",
        "Upgrade: websocket, 'Upgrade: websocket\nSec-WebSocket-Protocol: CHAT', which was not offered",
        "Sec-WebSocket-Accept: , 'Sec-WebSocket-Accept: x', does not answer our key",
    })
    void anAnswerThatIsNoneIsRefused(String part, String instead, String told) throws Exception {
        try (var server = EchoServer.doing(connection -> {
            String answer = WebSocketPeer.answer(connection.readHead());
            String line = part.equals("Upgrade: websocket") ? part + "\r\n" : part;
            String changed =
                    instead.isEmpty() ? "" : instead.replace("\n", "\r\n") + (line.endsWith("\n") ? "\r\n" : "");
            connection.write(answer.replace(line, changed));
            connection.ignore();
        })) {
            assertThat(run(server, "--subprotocol", "chat").mustFailWith(56).stderr())
                    .contains("the WebSocket handshake failed: ", told);
        }
    }

    @Test
    void namesAndTokensMayBeWrittenInAnyCase() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            String head = connection.readHead();
            connection.write("HTTP/1.1 101 Whatever\r\nupgrade: WebSocket\r\nCONNECTION: keep-alive, UPGRADE\r\n"
                    + "sec-websocket-accept: " + WebSocketPeer.accept(head) + "\r\n\r\n\u0088\u0000");
            connection.ignore();
        })) {
            run(server).mustSucceed();
        }
    }

    @Test
    void anErrorStatusFollowsTheRulesOfFail() throws Exception {
        for (String status : List.of("401 Unauthorized", "404 Not Found", "426 Upgrade Required")) {
            try (var server = answering("HTTP/1.1 " + status + "\r\nContent-Length: 4\r\n\r\nsays")) {
                Run run = run(server).mustFailWith(22);
                assertThat(run.stderr()).contains(status);
                assertThat(run.stdout()).isEmpty();
                assertThat(run(server, "--fail-with-body").mustFailWith(22).stdout())
                        .isEqualTo("says");
                assertThat(run(server, "--no-fail").mustSucceed().stdout()).isEqualTo("says");
            }
        }
    }

    @Test
    void aChallengeIsAnsweredByAnotherHandshake() throws Exception {
        var heads = new ArrayList<String>();
        try (var server = EchoServer.doing(connection -> {
            String head = connection.readHead();
            heads.add(head);
            if (heads.size() == 1) {
                connection.write(CHALLENGE);
            } else {
                connection.write(WebSocketPeer.answer(head) + "\u0088\u0000");
            }
        })) {
            run(server, "--digest", "-u", "kane:rosebud").mustSucceed();
        }
        assertThat(heads).hasSize(2);
        assertThat(heads.getFirst()).doesNotContain("Authorization");
        assertThat(heads.getLast()).contains("Authorization: Digest username=\"kane\"", "uri=\"/\"");
    }

    @Test
    void aChallengeThatFollowsAnAnswerIsARefusal() throws Exception {
        try (var server = answering(CHALLENGE)) {
            assertThat(run(server, "--digest", "-u", "kane:rosebud")
                            .mustFailWith(22)
                            .stderr())
                    .contains("401");
        }
    }

    @Test
    void aBodyOfARefusalThatIsCutIsShort() throws Exception {
        try (var server = EchoServer.doing(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nsa");
        })) {
            run(server, "--fail-with-body").mustFailWith(18);
        }
    }

    @Test
    void aRedirectIsNotFollowedButNamed() throws Exception {
        try (var server = answering("HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(run(server).mustFailWith(65).stderr()).contains(server.url("ws") + "there");
        }
        try (var server = answering("HTTP/1.1 307 T\r\nLocation: wss://else.where/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(run(server).mustFailWith(65).stderr()).contains("wss://else.where/");
        }
    }

    @Test
    void anOrdinaryAnswerIsNoWebSocket() throws Exception {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Run run = run(server).mustFailWith(56);
            assertThat(run.stderr()).contains("it answers 200 OK, and does not speak WebSocket there");
            assertThat(run.stdout()).isEmpty();
        }
    }

    @Test
    void aServerThatSaysNothingOrNonsenseIsToldAsThat() throws Exception {
        try (var server = EchoServer.doing(EchoServer.Connection::readHead)) {
            run(server).mustFailWith(52);
        }
        try (var server = answering("SSH-2.0-OpenSSH_9.9\r\n\r\n")) {
            run(server).mustFailWith(56);
        }
        try (var server = EchoServer.doing(EchoServer.Connection::ignore)) {
            run(server, "--first-byte-timeout", "300ms").mustFailWith(28);
            run(server, "-m", "300ms").mustFailWith(28);
        }
    }

    @Test
    void theHeadGoesBeforeTheMessagesWhenAskedFor() throws Exception {
        try (var server = EchoServer.doing(WebSocketPeer::echo)) {
            Run run =
                    Relay.reading("a\n").with("duplex", "-i", server.url("ws")).mustSucceed();
            assertThat(run.stdout())
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .endsWith("\r\n\r\na\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--binary, http://h/, is for a WebSocket",
        "--ping 5, http://h/, is for a WebSocket",
        "--subprotocol a, https://h/, is for a WebSocket",
        "--linger 1, https://h/, is for a WebSocket",
        "--http2, wss://h/, begins with HTTP/1.1",
        "--http2-prior-knowledge, ws://h/, begins with HTTP/1.1",
        "-X POST, ws://h/, a WebSocket begins with GET",
        "--ping 10ms, ws://h/, is not from 100ms to 24h",
        "--ping 25h, ws://h/, is not from 100ms to 24h",
        "--ping soon, ws://h/, is not a duration",
        "--subprotocol a b, ws://h/, is not the name of a subprotocol",
        "'--subprotocol a,', ws://h/, is not the name of a subprotocol",
        "'--subprotocol a,a', ws://h/, is offered twice",
        "-H Sec-WebSocket-Key: x, ws://h/, the handshake says it",
        "-H Sec-WebSocket-Protocol: x, ws://h/, --subprotocol offers one",
        "-H Upgrade: x, ws://h/, is not to be chosen",
    })
    void whatCannotBeMeantIsRefused(String option, String url, String told) {
        int space = option.indexOf(' ');
        String[] argv = space < 0
                ? new String[] {"duplex", option, url}
                : new String[] {"duplex", option.substring(0, space), option.substring(space + 1), url};
        assertThat(Relay.run(argv).mustFailWith(2).stderr()).contains(told);
    }

    @Test
    void whatTheUsersFileSaysForTheOtherKindOfUrlIsPassedOver(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("relay/config");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "http2\nlinger 1\nsubprotocol chat\n");
        String where = directory.toString();
        Relay.reading("")
                .withEnvironment("XDG_CONFIG_HOME", where)
                .with("duplex", "ws://127.0.0.1:1/")
                .mustFailWith(7);
        Relay.reading("")
                .withEnvironment("XDG_CONFIG_HOME", where)
                .with("duplex", "http://127.0.0.1:1/")
                .mustFailWith(7);
        Relay.reading("")
                .withEnvironment("XDG_CONFIG_HOME", where)
                .with("duplex", "--http2", "ws://127.0.0.1:1/")
                .mustFailWith(2);
        Relay.reading("")
                .with("duplex", "-K", file.toString(), "http://127.0.0.1:1/")
                .mustFailWith(2);
    }

    @Test
    void onlyDuplexSpeaksIt() {
        for (String command : List.of("get", "head", "post", "serve")) {
            assertThat(Relay.run(command, "ws://h/").mustFailWith(1).stderr())
                    .isEqualTo("relay: unsupported scheme: ws://h/: only http and https are spoken here"
                            + " (relay duplex speaks ws and wss)\n");
        }
        Relay.run("serve", "--duplex", "wss://h/").mustFailWith(1);
        assertThat(Relay.run("duplex", "ftp://h/").mustFailWith(1).stderr())
                .contains("only http, https, ws and wss are spoken");
    }

    @Test
    void credentialsOfTheUrlAreSentAndNeverShown() {
        Run run = Relay.run("duplex", "ws://me:secret@127.0.0.1:1/").mustFailWith(7);
        assertThat(run.stderr()).contains("ws://127.0.0.1:1/").doesNotContain("secret");
    }
}
