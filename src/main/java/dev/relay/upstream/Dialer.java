package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Patience;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import dev.relay.plan.Routing;
import dev.relay.plan.Trust;
import dev.relay.wire.Line;
import dev.relay.wire.SocketLine;
import dev.relay.wire.TlsLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes the connections of exchanges that java.net.http cannot carry, by the same rules: routes, trust, limits. */
public final class Dialer {
    private final Routing routing;
    private final Limits limits;
    private final Trusted trusted;
    private final Witness witness;

    public Dialer(Routing routing, Trust trust, Limits limits, Map<String, String> environment, Witness witness) {
        this.routing = routing;
        this.limits = limits;
        this.trusted = new Trusted(new Anchors(trust, environment), () -> {});
        this.witness = witness;
    }

    /**
     * A connection that stands.
     *
     * @param protocol what was agreed on by ALPN; empty for nothing
     */
    public record Dialed(Line line, String protocol) {}

    /**
     * Connects to the origin of that URL, TLS included when its scheme has it.
     *
     * @param protocols what to offer by ALPN (RFC 7301), the best first; empty for no offer
     */
    public Dialed dial(Url url, List<String> protocols) throws IOException {
        long start = System.nanoTime();
        Duration limit = limits.connect();
        Line line = connect(url, start, limit);
        if (!url.isSecure()) {
            return new Dialed(line, "");
        }
        try {
            trusted.prepare();
            TlsLine tls = TlsLine.over(line, engine(url, protocols), left(limit, start));
            witness.secured(url);
            return new Dialed(tls, tls.protocol());
        } catch (IOException | RuntimeException e) {
            line.close();
            throw e instanceof FaultException fault ? fault : fault(e, url, limit, "no TLS handshake");
        }
    }

    private Line connect(Url url, long start, @Nullable Duration limit) throws IOException {
        Route route = Route.of(url, routing, limit);
        witness.resolved(url.bareHost(), route.addresses());
        Iterator<InetAddress> addresses = route.addresses().iterator();
        while (true) {
            InetAddress address = addresses.next();
            long left = left(limit, start);
            try {
                // An address that does not answer must leave some time for the next.
                long share = addresses.hasNext() && left != Line.FOR_EVER ? left / 2 : left;
                Line line = SocketLine.connect(new InetSocketAddress(address, route.port()), share);
                witness.connected(url, address, route.port());
                return line;
            } catch (InterruptedIOException e) {
                if (!(e instanceof SocketTimeoutException) || !addresses.hasNext()) {
                    throw e instanceof SocketTimeoutException ? fault(e, url, limit, "no connection") : e;
                }
            } catch (IOException e) {
                if (!addresses.hasNext()) {
                    throw fault(e, url, limit, "no connection");
                }
            }
            witness.note("no connection to " + address.getHostAddress() + ", trying the next address");
        }
    }

    private SSLEngine engine(Url url, List<String> protocols) {
        Url named = url.withoutFinalDot();
        SSLEngine engine = trusted.engine(named.bareHost(), url.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = trusted.parameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static long left(@Nullable Duration limit, long start) {
        return limit == null ? Line.FOR_EVER : Client.left(limit, start).toNanos();
    }

    private static IOException fault(Exception e, Url url, @Nullable Duration limit, String what) {
        if (e instanceof SocketTimeoutException && limit != null) {
            return Fault.of(ExitCode.TIME_LIMIT, url.toString(), what + " for " + Patience.text(limit))
                    .exception(e);
        }
        return e instanceof InterruptedIOException stopped ? stopped : Faults.beforeHead(e, url);
    }
}
