package dev.relay.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The client's many ways to say what went wrong, seen on real sockets, and what each means. */
class FaultsTest {

    static Stream<Arguments> beforeTheHead() {
        return Stream.of(
                Arguments.of(
                        ExitCode.NOT_CONNECTED,
                        "connection refused",
                        chain(new ConnectException(), new ConnectException(), new ClosedChannelException())),
                Arguments.of(
                        ExitCode.NOT_CONNECTED,
                        "network is unreachable",
                        chain(new ConnectException("Network is unreachable"))),
                Arguments.of(
                        ExitCode.NOT_CONNECTED,
                        "no route to host",
                        chain(new NoRouteToHostException("No route to host"))),
                Arguments.of(
                        ExitCode.HOST_NOT_RESOLVED,
                        "the name has no address",
                        chain(new ConnectException(), new UnresolvedAddressException())),
                Arguments.of(
                        ExitCode.TIME_LIMIT,
                        "no connection within the connect limit",
                        chain(new HttpConnectTimeoutException("HTTP connect timed out"))),
                Arguments.of(
                        ExitCode.NO_ANSWER,
                        "not one byte of a response came",
                        chain(
                                new IOException("HTTP/1.1 header parser received no bytes"),
                                new EOFException("EOF reached while reading"))),
                Arguments.of(
                        ExitCode.RECEIVING_FAILED,
                        "the connection was reset",
                        chain(
                                new IOException("HTTP/1.1 header parser received no bytes"),
                                new SocketException("Connection reset"))),
                Arguments.of(
                        ExitCode.RECEIVING_FAILED,
                        "invalid status line: \"garbage\"",
                        chain(new ProtocolException("Invalid status line: \"garbage\""))),
                Arguments.of(
                        ExitCode.RECEIVING_FAILED,
                        "malformed number in the response: For input string: \"abc\"",
                        chain(new NumberFormatException("For input string: \"abc\""))),
                Arguments.of(
                        ExitCode.TLS_HANDSHAKE,
                        "the server ended the handshake: nothing that both sides can do is left",
                        chain(new SSLHandshakeException("Received fatal alert: handshake_failure"))),
                Arguments.of(
                        ExitCode.NOT_TRUSTED,
                        "the certificate has expired",
                        chain(
                                new SSLHandshakeException("x"),
                                new CertificateException("y"),
                                new CertificateExpiredException("z"))),
                Arguments.of(
                        ExitCode.NOT_TRUSTED,
                        "the certificate is not for a.test",
                        chain(
                                new SSLHandshakeException("x"),
                                new CertificateException("No subject alternative DNS name matching a.test found."))));
    }

    @Test
    void anotherCaIsAdvisedOnlyWhereItCouldHelp() throws Exception {
        assertThat(hintFor(new CertificateException("No subject alternative DNS name matching a.test found.")))
                .isEqualTo("-k skips the check");
        assertThat(hintFor(new CertificateException("unable to find valid certification path")))
                .isEqualTo("--cacert FILE trusts another CA, -k skips the check");
    }

    @ParameterizedTest
    @MethodSource("beforeTheHead")
    void saysWhatFailedBeforeTheHead(ExitCode code, String why, Throwable thrown) throws Exception {
        var fault = Faults.beforeHead(new ExecutionException(thrown), Url.parse("http://a.test/"))
                .fault();
        assertThat(List.of(fault.code(), fault.why())).containsExactly(code, why);
    }

    private static @Nullable String hintFor(CertificateException reason) throws Exception {
        var thrown = new ExecutionException(chain(new SSLHandshakeException("x"), reason));
        return Faults.beforeHead(thrown, Url.parse("https://a.test/")).fault().hint();
    }

    static Stream<Arguments> inTheBody() {
        return Stream.of(
                Arguments.of(
                        ExitCode.SHORT_BODY,
                        10L,
                        chain(
                                new IOException("closed"),
                                new IOException("fixed content-length: 10, bytes received: 2"),
                                new EOFException("EOF reached while reading"))),
                Arguments.of(
                        ExitCode.SHORT_BODY,
                        -1L,
                        chain(
                                new IOException("closed"),
                                new IOException("chunked transfer encoding, state: READING_DATA"),
                                new EOFException("EOF reached while reading"))),
                Arguments.of(
                        ExitCode.RECEIVING_FAILED,
                        10L,
                        chain(new IOException("closed"), new SocketException("Connection reset"))),
                Arguments.of(
                        ExitCode.RECEIVING_FAILED, -1L, chain(new IOException("Illegal character in chunk size: 122"))),
                Arguments.of(
                        ExitCode.RECEIVING_FAILED,
                        -1L,
                        chain(new SSLException("closing inbound before receiving peer's close_notify"))));
    }

    @ParameterizedTest
    @MethodSource("inTheBody")
    void tellsACutBodyFromABrokenConnection(ExitCode code, long expected, Throwable thrown) throws Exception {
        assertThat(Faults.receiving(thrown, Url.parse("http://a.test/"), 2, expected)
                        .fault()
                        .code())
                .isEqualTo(code);
    }

    private static Throwable chain(Throwable... links) {
        for (int i = 0; i + 1 < links.length; i++) {
            links[i].initCause(links[i + 1]);
        }
        return links[0];
    }
}
