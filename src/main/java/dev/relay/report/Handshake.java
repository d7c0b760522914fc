package dev.relay.report;

import dev.relay.io.Agreement;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/** A TLS handshake in words: what was agreed on, and what each certificate of the server says of itself. */
final class Handshake {
    /** The kinds of alternative names that are shown as they are (RFC 5280 §4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final int ADDRESS = 7;

    /** More names than that are only counted. */
    private static final int MOST_NAMES = 8;

    private Handshake() {}

    static List<String> lines(Agreement agreement) {
        var lines = new ArrayList<String>();
        String protocol = agreement.protocol().isEmpty() ? "none" : agreement.protocol();
        lines.add("TLS: " + agreement.version() + ", " + agreement.cipher() + ", ALPN: " + protocol);
        for (X509Certificate certificate : agreement.chain()) {
            describe(certificate, lines);
        }
        return lines;
    }

    private static void describe(X509Certificate certificate, List<String> lines) {
        lines.add("TLS: certificate of " + certificate.getSubjectX500Principal().getName());
        String names = names(certificate);
        if (!names.isEmpty()) {
            lines.add("TLS:   for " + names);
        }
        lines.add("TLS:   issued by " + certificate.getIssuerX500Principal().getName());
        lines.add("TLS:   valid from " + second(certificate.getNotBefore()) + " until "
                + second(certificate.getNotAfter()));
    }

    private static String second(Date date) {
        return date.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String names(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                // Each is a kind and a name.
                if (alternative.getFirst() instanceof Integer kind && (kind == DNS_NAME || kind == ADDRESS)) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        } catch (CertificateParsingException _) {
            return "names that cannot be read";
        }
        int more = names.size() - MOST_NAMES;
        return more <= 0
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + more + " more";
    }
}
