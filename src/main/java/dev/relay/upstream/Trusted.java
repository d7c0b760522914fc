package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Agreement;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.upstream.identity.OwnKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The TLS context of one client, made when its first TLS connection is. */
final class Trusted {
    private final Anchors anchors;
    private final Runnable onCertificate;
    private @Nullable SSLContext context;
    private volatile @Nullable OwnKeys keys;
    private volatile @Nullable SSLEngine engine;
    /** What the handshake of that engine has come to so far; null before there is a certificate. */
    private volatile @Nullable Agreement agreement;

    /** @param onCertificate runs in the handshake, when the server has shown a certificate that will do */
    Trusted(Anchors anchors, Runnable onCertificate) {
        this.anchors = anchors;
        this.onCertificate = onCertificate;
    }

    /** The context with these certificates; a fault travels in an UncheckedIOException. */
    synchronized SSLContext context() {
        SSLContext made = context;
        if (made == null) {
            try {
                made = make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            context = made;
        }
        return made;
    }

    /** The engine of a new connection. */
    SSLEngine engine(String host, int port) {
        SSLEngine made = context().createSSLEngine(host, port);
        agreement = null;
        engine = made;
        return made;
    }

    /** A connection is about to be made: nothing that is told of an earlier one holds for it. */
    void expect() {
        agreement = null;
        engine = null;
    }

    /** Whether the handshake of that connection is over. Where an earlier session is taken up again, no certificate tells. */
    boolean isSecured() {
        SSLEngine made = engine;
        return made != null && !made.getSession().getProtocol().equals("NONE");
    }

    /** What the last handshake came to, whether the certificate will do or not; null when it did not get that far. */
    @Nullable
    Agreement agreement() {
        Agreement shown = agreement;
        SSLEngine last = engine;
        // Where an earlier session is taken up again, no certificate is shown: the session remembers it.
        return shown != null || last == null ? shown : agreed(last.getSession(), last.getApplicationProtocol());
    }

    private @Nullable Agreement agreed(SSLSession session, @Nullable String protocol) {
        try {
            return agreed(session, protocol, session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException _) {
            // No handshake has got as far as that.
            return null;
        }
    }

    private Agreement agreed(SSLSession session, @Nullable String protocol, Certificate[] chain) {
        var certificates = new ArrayList<X509Certificate>();
        for (Certificate certificate : chain) {
            if (certificate instanceof X509Certificate known) {
                certificates.add(known);
            }
        }
        return new Agreement(
                session.getProtocol(),
                session.getCipherSuite(),
                protocol == null ? "" : protocol,
                certificates,
                anchors.trust().verify());
    }

    /** Tells what was agreed on. */
    void tellSecured(Url url, Witness witness) {
        Agreement agreed = agreement();
        if (agreed != null) {
            witness.secured(url, agreed);
        }
    }

    /** Tells of the certificate, if that is what the connection has failed for. */
    void tellDistrusted(Url url, IOException failure, Witness witness) {
        Agreement shown = agreement;
        boolean distrusted = failure instanceof FaultException fault
                && (fault.fault().code() == ExitCode.NOT_TRUSTED
                        || fault.fault().code() == ExitCode.PIN_MISMATCH);
        if (distrusted && shown != null) {
            witness.distrusted(url, shown);
        }
    }

    /** Whether the last connection was ended by a close_notify: without one it may have been cut (RFC 8446 §6.1). */
    boolean saidGoodbye() {
        SSLEngine last = engine;
        return last == null || last.isInboundDone();
    }

    /** Makes the context now, where a fault can be told. */
    synchronized void prepare() throws IOException {
        if (context == null) {
            context = make();
        }
    }

    /** Which versions to speak. */
    SSLParameters parameters() {
        return new SSLParameters(null, anchors.trust().versions().protocols());
    }

    /** A failure in the light of what the server has asked for: without a certificate, most say only that it failed. */
    FaultException explained(FaultException failure) {
        OwnKeys shown = keys;
        ExitCode code = failure.fault().code();
        boolean refused = code == ExitCode.TLS_HANDSHAKE || code == ExitCode.CLIENT_CERTIFICATE;
        if (!refused || shown == null || !shown.wasAskedInVain()) {
            return failure;
        }
        return new Fault(
                        ExitCode.CLIENT_CERTIFICATE,
                        failure.fault().where(),
                        "the server asked for a client certificate, got none, and ended the handshake",
                        "--cert FILE gives one")
                .exception(failure);
    }

    private SSLContext make() throws IOException {
        try {
            var tls = SSLContext.getInstance("TLS");
            @Nullable X509ExtendedTrustManager manager = anchors.check();
            OwnKeys shown = anchors.keys();
            keys = shown;
            List<String> pins = anchors.trust().pins();
            var watching = new Watching(manager, pins);
            tls.init(new KeyManager[] {shown}, new TrustManager[] {watching}, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw Fault.of(ExitCode.TLS_HANDSHAKE, "TLS", String.valueOf(e.getMessage()))
                    .exception(e);
        }
    }

    /** Keeps the certificate, checks it, and tells that it will do; without a check everything does, any name too. */
    private final class Watching extends X509ExtendedTrustManager {
        private final @Nullable X509ExtendedTrustManager check;
        private final List<String> pins;

        Watching(@Nullable X509ExtendedTrustManager check, List<String> pins) {
            this.check = check;
            this.pins = pins;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            agreement = agreed(engine.getHandshakeSession(), engine.getHandshakeApplicationProtocol(), chain);
            if (check != null) {
                checkDates(chain);
                check.checkServerTrusted(chain, authType, engine);
            }
            checkPins(chain);
            onCertificate.run();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            if (check != null) {
                checkDates(chain);
                check.checkServerTrusted(chain, authType, socket);
            }
            checkPins(chain);
            onCertificate.run();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (check != null) {
                checkDates(chain);
                check.checkServerTrusted(chain, authType);
            }
            checkPins(chain);
            onCertificate.run();
        }

        private void checkPins(X509Certificate[] chain) throws CertificateException {
            if (!pins.isEmpty()) {
                Pins.check(chain[0], pins);
            }
        }

        /** The JDK does not look at the dates of a certificate that is itself trusted. */
        private static void checkDates(X509Certificate[] chain) throws CertificateException {
            for (X509Certificate certificate : chain) {
                certificate.checkValidity();
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("relay is the client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("relay is the client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("relay is the client here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
