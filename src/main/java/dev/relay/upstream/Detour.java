package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Proxy;
import dev.relay.plan.Proxying;
import dev.relay.plan.Routing;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.MessageReader;
import dev.relay.wire.proxy.Destination;
import dev.relay.wire.proxy.RefusedException;
import dev.relay.wire.proxy.Socks4;
import dev.relay.wire.proxy.Socks5;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes connections through proxies: what is said to a proxy is said here, and no server ever sees it. */
final class Detour {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final Routing routing;
    private final Proxying proxying;
    private final Witness witness;
    private final Trusted trusted;
    private final Map<Proxy, ProxyLogin> logins = new HashMap<>();

    Detour(Routing routing, Map<String, String> environment, Witness witness) {
        this.routing = routing;
        this.proxying = routing.proxying();
        this.witness = witness;
        this.trusted = new Trusted(new Anchors(proxying.trust(), environment), () -> {});
    }

    private ProxyLogin login(Proxy proxy) {
        return logins.computeIfAbsent(proxy, asked -> new ProxyLogin(asked.login(), proxying.scheme()));
    }

    /** How the proxy forwards requests for that URL; null when it makes connections instead. */
    @Nullable
    Forwarding forwarding(Proxy proxy, Url url) {
        // A forwarder goes where the URL says: to send it elsewhere takes a connection.
        boolean tunnels = proxying.tunnel() || proxy.kind().isSocks() || Route.isRuled(url, routing);
        return tunnels ? null : new Forwarding(proxy, login(proxy), proxying.headers());
    }

    /** A line to the proxy itself, over TLS when it is to be spoken to so. */
    Line reach(Proxy proxy, Url url, ConnectTime time) throws IOException {
        Url way = proxy.url();
        try {
            Line line = Dialer.connect(way, routing.toProxy(), witness, time);
            if (!way.isSecure()) {
                return line;
            }
            return Dialer.secure(line, way, List.of("http/1.1"), trusted, time, witness);
        } catch (FaultException e) {
            throw told(e, proxy, url);
        }
    }

    /** A line through the proxy to the origin of the URL, in clear. */
    Line through(Proxy proxy, Url url, ConnectTime time) throws IOException {
        List<Destination> destinations = destinations(proxy, url, time);
        for (int i = 0; ; i++) {
            try {
                Line line = proxy.kind().isSocks()
                        ? socks(proxy, url, destinations.get(i), time)
                        : tunnel(proxy, url, destinations.get(i), time);
                witness.detoured(proxy.toString(), destinations.get(i).toString());
                return line;
            } catch (RefusedException e) {
                if (e.isAboutLogin() || i + 1 == destinations.size()) {
                    throw refused(proxy, url, e);
                }
                witness.note("the proxy has no connection to " + destinations.get(i) + ", trying the next address");
            }
        }
    }

    /** Where the proxy is to connect to, by preference; a name that it may look up is a single destination. */
    private List<Destination> destinations(Proxy proxy, Url url, ConnectTime time) throws IOException {
        if (!proxy.kind().wantsAddresses() && !Route.isResolved(url, routing)) {
            Route.Place place = Route.place(url, routing);
            return List.of(Destination.of(place.host(), place.port()));
        }
        Route route = Route.of(url, routing, time.limit());
        witness.resolved(url.bareHost(), route.addresses());
        var destinations = new ArrayList<Destination>();
        for (InetAddress address : route.addresses()) {
            destinations.add(Destination.of(address, route.port()));
        }
        return destinations;
    }

    private Line socks(Proxy proxy, Url url, Destination to, ConnectTime time) throws IOException {
        Line line = reach(proxy, url, time);
        try {
            switch (proxy.kind()) {
                case SOCKS4, SOCKS4A -> Socks4.connect(line, to, proxy.login(), time.deadline());
                default -> Socks5.connect(line, to, proxy.login(), time.deadline());
            }
            return line;
        } catch (IOException | RuntimeException e) {
            line.close();
            throw failed(e, proxy, url, time);
        }
    }

    /** CONNECT (RFC 9110 §9.3.6), once more on a connection of its own when the proxy wants to know who asks. */
    private Line tunnel(Proxy proxy, Url url, Destination to, ConnectTime time) throws IOException {
        ProxyLogin login = login(proxy);
        while (true) {
            Line line = reach(proxy, url, time);
            Head head;
            try {
                head = ask(line, to, login, time);
            } catch (IOException | RuntimeException e) {
                line.close();
                throw failed(e, proxy, url, time);
            }
            if (head.status() / 100 == 2) {
                return line;
            }
            line.close();
            if (!login.answers(head)) {
                throw refusal(head, to, proxy);
            }
        }
    }

    private Head ask(Line line, Destination to, ProxyLogin login, ConnectTime time) throws IOException {
        String authority = to.authority();
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field("Host", authority));
        fields.addAll(proxying.headers().fields());
        Headers sent = login.identified(new Headers(fields), "CONNECT", authority);
        var request = new StringBuilder("CONNECT ").append(authority).append(" HTTP/1.1\r\n");
        for (Headers.Field field : sent.fields()) {
            request.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        witness.tunnelRequested(authority, sent);
        byte[] bytes = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        line.write(time.left(), ByteBuffer.wrap(bytes));
        // A byte at a time: what follows the head is for whoever gets the line.
        var reader = new MessageReader(new Inlet(line, 1), MessageReader.Limits.OF_RESPONSES);
        Head head;
        do {
            MessageReader.RawHead raw = reader.read(time.deadline());
            if (raw == null) {
                throw new EOFException("closed");
            }
            head = head(raw);
        } while (head.status() / 100 == 1);
        witness.tunnelAnswered(head);
        return head;
    }

    private static Head head(MessageReader.RawHead raw) throws ProtocolException {
        String line = raw.startLine();
        boolean sound = line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?");
        if (!sound) {
            throw new ProtocolException("its answer to CONNECT is no HTTP");
        }
        return new Head(line.substring(0, 8), Integer.parseInt(line.substring(9, 12)), raw.fields());
    }

    private static RefusedException refusal(Head head, Destination to, Proxy proxy) {
        if (head.status() != PROXY_AUTHENTICATION_REQUIRED) {
            return RefusedException.of("it answered " + head.statusLine().substring(9) + " to CONNECT " + to);
        }
        return RefusedException.ofLogin(proxy.login() == null ? "it wants a login" : "it refuses the login");
    }

    /** What went wrong with a proxy that was reached. */
    private static IOException failed(Exception e, Proxy proxy, Url url, ConnectTime time) {
        if (e instanceof RefusedException refused) {
            return refused;
        }
        if (e instanceof EOFException) {
            return told(ExitCode.RECEIVING_FAILED, proxy, url, "it closed the connection before its answer", e);
        }
        if (e instanceof ProtocolException) {
            return told(ExitCode.PROXY_REFUSED, proxy, url, String.valueOf(e.getMessage()), e);
        }
        if (e instanceof InterruptedIOException stopped && !(e instanceof SocketTimeoutException)) {
            return stopped;
        }
        IOException failure = Dialer.fault(e, url, time, "no answer");
        return failure instanceof FaultException fault ? told(fault, proxy, url) : failure;
    }

    private static FaultException refused(Proxy proxy, Url url, RefusedException e) {
        String why = about(proxy) + e.getMessage();
        Fault fault = Fault.of(ExitCode.PROXY_REFUSED, url.toString(), why);
        return (e.isAboutLogin() ? fault.withHint("--proxy-user gives one") : fault).exception(e);
    }

    /** The same failure, told of the proxy and of the URL that it stands in the way of. */
    private static FaultException told(FaultException e, Proxy proxy, Url url) {
        Fault fault = e.fault();
        ExitCode code = fault.code() == ExitCode.HOST_NOT_RESOLVED ? ExitCode.PROXY_NOT_RESOLVED : fault.code();
        boolean untrusted = code == ExitCode.NOT_TRUSTED;
        String hint =
                untrusted ? "--proxy-cacert FILE trusts another CA, --proxy-insecure skips the check" : fault.hint();
        return new Fault(code, url.toString(), about(proxy) + fault.why(), hint).exception(e);
    }

    private static FaultException told(ExitCode code, Proxy proxy, Url url, String why, Exception e) {
        return Fault.of(code, url.toString(), about(proxy) + why).exception(e);
    }

    private static String about(Proxy proxy) {
        return "the proxy " + proxy + ": ";
    }
}
