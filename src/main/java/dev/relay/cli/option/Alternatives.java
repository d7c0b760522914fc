package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import java.util.List;

/**
 * Options of which one takes the place of the others when what is typed meets what stands in a file, where both on one
 * command line would contradict each other.
 */
public final class Alternatives {
    public static final List<List<Option>> ALL = List.of(
            List.of(ConnectionOptions.IPV4, ConnectionOptions.IPV6),
            List.of(ConnectionOptions.HTTP1_1, ConnectionOptions.HTTP2),
            List.of(TrustOptions.TLS_1_2, TrustOptions.TLS_1_3, TrustOptions.TLS_MAX),
            List.of(
                    ProxyOptions.PROXY,
                    ProxyOptions.SOCKS4,
                    ProxyOptions.SOCKS4A,
                    ProxyOptions.SOCKS5,
                    ProxyOptions.SOCKS5_HOSTNAME,
                    ConnectionOptions.UNIX_SOCKET),
            List.of(ProxyOptions.BASIC, ProxyOptions.DIGEST, ProxyOptions.ANYAUTH),
            List.of(CredentialOptions.BASIC, CredentialOptions.DIGEST, CredentialOptions.ANYAUTH),
            List.of(OutputOptions.FAIL, OutputOptions.FAIL_WITH_BODY, OutputOptions.NO_FAIL),
            List.of(OutputOptions.OUTPUT, OutputOptions.REMOTE_NAME, OutputOptions.REMOTE_HEADER_NAME),
            List.of(OutputOptions.DUMP_HEADER),
            List.of(TellingOptions.REPORT),
            List.of(CookieOptions.COOKIE_JAR),
            List.of(CredentialOptions.USER, CredentialOptions.BEARER),
            List.of(RecoveryOptions.RETRY_ON, RecoveryOptions.RETRY_ALL_ERRORS, RecoveryOptions.RETRY_CONNREFUSED));

    private Alternatives() {}
}
