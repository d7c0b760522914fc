package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What a handshake failed for, when it was not for the server's certificate: from the JDK's words to people's. */
final class TlsAlerts {
    /** How the JDK begins when the other side has told why it gives up (RFC 8446 §6.2). */
    private static final String RECEIVED = "fatal alert: ";

    private TlsAlerts() {}

    static Fault fault(SSLException tls, Url url) {
        String text = tls.getMessage() == null ? tls.getClass().getSimpleName() : tls.getMessage();
        int alert = text.indexOf(RECEIVED);
        if (alert >= 0) {
            return received(text.substring(alert + RECEIVED.length()), url);
        }
        if (text.contains("protocol version")) {
            return handshake(url, "the server speaks another version of TLS: " + text)
                    .withHint("--tlsv1.2 and --tls-max say which are spoken");
        }
        if (text.contains("plaintext connection") || text.contains("unrecognized SSL message")) {
            return handshake(url, "what it answers is no TLS").withHint("http:// asks in clear");
        }
        boolean broken = !(tls instanceof SSLHandshakeException) && text.contains("reset");
        return Fault.of(broken ? ExitCode.RECEIVING_FAILED : ExitCode.TLS_HANDSHAKE, url.toString(), text);
    }

    private static Fault received(String alert, Url url) {
        return switch (alert) {
            case "certificate_required" ->
                Fault.of(ExitCode.CLIENT_CERTIFICATE, url.toString(), "the server requires a client certificate")
                        .withHint("--cert FILE gives one");
            case "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "access_denied",
                    "decrypt_error" ->
                Fault.of(ExitCode.CLIENT_CERTIFICATE, url.toString(), "the server refuses the client: " + alert);
            case "protocol_version" ->
                handshake(url, "the server speaks none of the versions of TLS that are offered")
                        .withHint("--tlsv1.2 and --tls-max say which are");
            case "unrecognized_name" -> handshake(url, "the server knows no host " + url.bareHost());
            case "no_application_protocol" ->
                handshake(url, "the server speaks none of the protocols that are offered");
            case "handshake_failure" ->
                handshake(url, "the server ended the handshake: nothing that both sides can do is left");
            default -> handshake(url, "the server ended the handshake: " + alert);
        };
    }

    private static Fault handshake(Url url, String why) {
        return Fault.of(ExitCode.TLS_HANDSHAKE, url.toString(), why);
    }
}
