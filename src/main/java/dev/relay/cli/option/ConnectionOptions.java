package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.HostPorts;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Request.Protocol;
import dev.relay.plan.Routing;
import dev.relay.plan.Routing.Family;
import java.util.ArrayList;
import java.util.List;

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

    public static final OptionGroup GROUP =
            new OptionGroup("Exchange", "Connection", List.of(HTTP1_1, HTTP2, IPV4, IPV6, RESOLVE, CONNECT_TO));

    private ConnectionOptions() {}

    public static Routing read(Typed typed) throws FaultException {
        List<String> resolves = typed.all(RESOLVE);
        List<String> connects = typed.all(CONNECT_TO);
        Family family = family(typed);
        if (family == Family.ANY && resolves.isEmpty() && connects.isEmpty()) {
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
        return new Routing(family, resolve, connectTo);
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
