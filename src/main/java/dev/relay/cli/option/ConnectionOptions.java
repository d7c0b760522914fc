package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.HostPorts;
import dev.relay.cli.value.LocalAddress;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Proxying;
import dev.relay.plan.Request.Protocol;
import dev.relay.plan.Routing;
import dev.relay.plan.Routing.Family;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where connections go, and which HTTP is spoken over them. */
public final class ConnectionOptions {
    static final Option HTTP1_1 = Option.flag("Speak HTTP/1.1 alone.", "--http1.1");
    static final Option HTTP2 = Option.flag(
            "Speak HTTP/2 where the server can, in clear too. Default: HTTP/2 over TLS where the server can, HTTP/1.1 in"
                    + " clear.",
            "--http2");
    static final Option IPV4 = Option.flag("Connect to IPv4 addresses alone.", "-4", "--ipv4");
    static final Option IPV6 = Option.flag("Connect to IPv6 addresses alone.", "-6", "--ipv6");
    static final Option RESOLVE = Option.value(
            "HOST:PORT:ADDRESS[,ADDRESS]",
            "Take these addresses for HOST and PORT instead of asking for them; HOST may be *, an IPv6 address may stand"
                    + " in brackets. Repeatable; the first that fits counts.",
            "--resolve");
    static final Option CONNECT_TO = Option.value(
            "HOST1:PORT1:HOST2:PORT2",
            "Connect to HOST2 and PORT2 when the URL says HOST1 and PORT1; the request stays as it is. An empty field is"
                    + " any on the left, the same on the right. Repeatable; the first that fits counts.",
            "--connect-to");

    static final Option INTERFACE = Option.value(
                    "ADDRESS|NAME",
                    "Connect from this address of this machine, or from one of that network interface, an IPv4 one first.",
                    "--interface")
            .completing(Completion.INTERFACE);
    static final Option UNIX_SOCKET = Option.value(
                    "PATH",
                    "Connect to this socket in the file system, whatever host and port the URL has; no proxy is asked."
                            + " HTTP/1.1 is spoken.",
                    "--unix-socket")
            .completing(Completion.FILE);
    static final Option ABSTRACT_UNIX_SOCKET = Option.value(
            "NAME",
            "Refused: Java cannot connect to sockets that are not in the file system.",
            "--abstract-unix-socket");

    public static final OptionGroup GROUP = new OptionGroup(
            "Exchange",
            "Connection",
            List.of(HTTP1_1, HTTP2, IPV4, IPV6, RESOLVE, CONNECT_TO, INTERFACE, UNIX_SOCKET, ABSTRACT_UNIX_SOCKET));

    private ConnectionOptions() {}

    public static Routing read(Typed typed, Surroundings surroundings, LocalInput input) throws FaultException {
        List<String> resolves = typed.all(RESOLVE);
        List<String> connects = typed.all(CONNECT_TO);
        Family family = family(typed);
        String local = typed.last(INTERFACE);
        Path socket = socket(typed, input);
        Proxying proxying = socket == null ? ProxyOptions.read(typed, surroundings, input) : Proxying.NONE;
        boolean toServer = resolves.isEmpty() && connects.isEmpty() && socket == null && local == null;
        if (family == Family.ANY && toServer && proxying.equals(Proxying.NONE)) {
            return Routing.DIRECT;
        }
        var resolve = new ArrayList<Routing.Resolve>();
        for (String text : resolves) {
            resolve.add(HostPorts.resolve(RESOLVE, text));
        }
        var connectTo = new ArrayList<Routing.ConnectTo>();
        for (String text : connects) {
            connectTo.add(HostPorts.connectTo(CONNECT_TO, text));
        }
        InetAddress from = local == null ? null : LocalAddress.read(INTERFACE, local, family);
        Family spoken = from == null ? family : from instanceof Inet4Address ? Family.IPV4 : Family.IPV6;
        return new Routing(spoken, resolve, connectTo, proxying, socket, from);
    }

    private static @Nullable Path socket(Typed typed, LocalInput input) throws FaultException {
        if (typed.has(ABSTRACT_UNIX_SOCKET)) {
            throw Misuse.of(
                    ABSTRACT_UNIX_SOCKET.name(),
                    "Java cannot connect to sockets that are not in the file system",
                    "socat UNIX-LISTEN:PATH,fork ABSTRACT-CONNECT:NAME makes it one for --unix-socket PATH");
        }
        String path = typed.last(UNIX_SOCKET);
        if (path != null && typed.has(ProxyOptions.PROXY)) {
            throw Misuse.exclusive(UNIX_SOCKET, ProxyOptions.PROXY);
        }
        return path == null ? null : input.path(UNIX_SOCKET, path);
    }

    static Protocol protocol(Typed typed) throws FaultException {
        if (typed.has(HTTP1_1) && typed.has(HTTP2)) {
            throw Misuse.exclusive(HTTP1_1, HTTP2);
        }
        return typed.has(HTTP1_1) ? Protocol.HTTP_1_1 : typed.has(HTTP2) ? Protocol.HTTP_2 : Protocol.AUTO;
    }

    private static Family family(Typed typed) throws FaultException {
        if (typed.has(IPV4) && typed.has(IPV6)) {
            throw Misuse.exclusive(IPV4, IPV6);
        }
        return typed.has(IPV4) ? Family.IPV4 : typed.has(IPV6) ? Family.IPV6 : Family.ANY;
    }
}
