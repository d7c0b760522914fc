package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Patience;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import dev.relay.plan.Proxy;
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
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of exchanges that java.net.http cannot carry, by the same rules: routes, trust, limits. Through
 * a proxy, a Unix domain socket, or straight to the server: whoever gets a line need not know.
 */
public final class Dialer {
    private final Routing routing;
    private final Limits limits;
    private final Trusted trusted;
    private final Map<String, String> environment;
    private final Witness witness;
    private @Nullable Detour detour;

    public Dialer(Routing routing, Trust trust, Limits limits, Map<String, String> environment, Witness witness) {
        this(routing, limits, new Anchors(trust, environment), environment, witness);
    }

    Dialer(Routing routing, Limits limits, Anchors anchors, Map<String, String> environment, Witness witness) {
        Settings.keepNoNames();
        this.routing = routing;
        this.limits = limits;
        this.trusted = new Trusted(anchors, () -> {});
        this.environment = environment;
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
        var time = ConnectTime.begin(limits.connect());
        Proxy proxy = routing.proxy(url);
        Path socket = routing.unixSocket();
        Line line = socket != null
                ? connect(url, socket)
                : proxy != null ? detour().through(proxy, url, time) : connect(url, routing, witness, time);
        if (!url.isSecure()) {
            return new Dialed(line, "");
        }
        TlsLine tls = secure(line, url, protocols, trusted, time, witness);
        return new Dialed(tls, tls.protocol());
    }

    /** How a request for that URL is put to a proxy that forwards it; null when it goes to the server itself. */
    public @Nullable Forwarding forwarding(Url url) {
        Proxy proxy = routing.proxy(url);
        return proxy == null || url.isSecure() ? null : detour().forwarding(proxy, url);
    }

    /** Connects to the proxy that forwards requests for that URL. */
    public Line dialForwarder(Url url, Forwarding forwarding) throws IOException {
        return detour().reach(forwarding.proxy(), url, ConnectTime.begin(limits.connect()));
    }

    private Detour detour() {
        Detour made = detour;
        if (made == null) {
            made = new Detour(routing, environment, witness);
            detour = made;
        }
        return made;
    }

    private Line connect(Url url, Path socket) throws IOException {
        try {
            Line line = SocketLine.connect(UnixDomainSocketAddress.of(socket), Line.FOR_EVER);
            witness.connected(url, socket);
            return line;
        } catch (IOException e) {
            String why = "the socket " + socket + ": " + Faults.reason(e);
            throw Fault.of(ExitCode.NOT_CONNECTED, url.toString(), why).exception(e);
        }
    }

    /** Connects to one of the addresses of that URL, in clear. */
    static Line connect(Url url, Routing routing, Witness witness, ConnectTime time) throws IOException {
        Route route = Route.of(url, routing, time.limit());
        witness.resolved(url.bareHost(), route.addresses());
        Iterator<InetAddress> addresses = route.addresses().iterator();
        while (true) {
            InetAddress address = addresses.next();
            long left = time.left();
            Exception failure;
            try {
                // An address that does not answer must leave some time for the next.
                long share = addresses.hasNext() && left != Line.FOR_EVER ? left / 2 : left;
                var to = new InetSocketAddress(address, route.port());
                Line line = SocketLine.connect(to, routing.local(), share);
                witness.connected(url, address, route.port());
                return line;
            } catch (InterruptedIOException e) {
                if (!(e instanceof SocketTimeoutException) || !addresses.hasNext()) {
                    throw e instanceof SocketTimeoutException ? fault(e, url, time, "no connection") : e;
                }
                failure = e;
            } catch (IOException e) {
                if (!addresses.hasNext()) {
                    throw fault(e, url, time, "no connection");
                }
                failure = e;
            }
            String why = failure instanceof SocketTimeoutException ? "no answer" : Faults.reason(failure);
            witness.note("no connection to " + address.getHostAddress() + " (" + why + "), trying the next address");
        }
    }

    /** Shakes hands with whom the URL names, over a line that leads there; the line is closed when that fails. */
    static TlsLine secure(
            Line line, Url url, List<String> protocols, Trusted trusted, ConnectTime time, Witness witness)
            throws IOException {
        try {
            trusted.prepare();
            TlsLine tls = TlsLine.over(line, engine(url, protocols, trusted), time.left());
            trusted.tellSecured(url, witness);
            return tls;
        } catch (IOException | RuntimeException e) {
            line.close();
            IOException failure = e instanceof FaultException known ? known : fault(e, url, time, "no TLS handshake");
            trusted.tellDistrusted(url, failure, witness);
            throw failure instanceof FaultException fault ? trusted.explained(fault) : failure;
        }
    }

    private static SSLEngine engine(Url url, List<String> protocols, Trusted trusted) {
        Url named = url.withoutFinalDot();
        SSLEngine engine = trusted.engine(named.bareHost(), url.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = trusted.parameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
        engine.setSSLParameters(parameters);
        return engine;
    }

    static IOException fault(Exception e, Url url, ConnectTime time, String what) {
        if (e instanceof SocketTimeoutException && time.limit() != null) {
            return Fault.of(ExitCode.TIME_LIMIT, url.toString(), what + " for " + Patience.text(time.limit()))
                    .exception(e);
        }
        return e instanceof InterruptedIOException stopped ? stopped : Faults.beforeHead(e, url);
    }
}
