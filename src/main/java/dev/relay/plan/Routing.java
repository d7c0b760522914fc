package dev.relay.plan;

import dev.relay.http.Url;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go.
 *
 * @param family which addresses of a name are used
 * @param resolve addresses given for a host and port, first match wins
 * @param connectTo other hosts and ports to connect to, first match wins
 * @param proxying who connects in our place
 * @param unixSocket the socket in the file system that all connections go to; null for the network
 * @param local the address of this machine that connections come from; null for any
 */
public record Routing(
        Family family,
        List<Resolve> resolve,
        List<ConnectTo> connectTo,
        Proxying proxying,
        @Nullable Path unixSocket,
        @Nullable InetAddress local) {
    public static final Routing DIRECT = new Routing(Family.ANY, List.of(), List.of(), Proxying.NONE, null, null);

    /** The address family. */
    public enum Family {
        ANY,
        IPV4,
        IPV6
    }

    /** {@code --resolve HOST:PORT:ADDRESS[,ADDRESS]}; the host {@code *} is any, port 0 never stands here. */
    public record Resolve(String host, int port, List<InetAddress> addresses) {
        public Resolve {
            addresses = List.copyOf(addresses);
        }

        /** Whether it is about that host and port. */
        public boolean fits(String wanted, int at) {
            return (host.equals("*") || host.equalsIgnoreCase(wanted)) && port == at;
        }
    }

    /**
     * {@code --connect-to HOST1:PORT1:HOST2:PORT2}; null stands for an empty field: any on the left, unchanged on the
     * right.
     */
    public record ConnectTo(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String toHost,
            @Nullable Integer toPort) {
        /** Whether it is about that host and port. */
        public boolean fits(String wanted, int at) {
            return (host == null || host.equalsIgnoreCase(wanted)) && (port == null || port == at);
        }
    }

    public Routing {
        resolve = List.copyOf(resolve);
        connectTo = List.copyOf(connectTo);
    }

    /** The proxy on the way to that URL; null for none. */
    public @Nullable Proxy proxy(Url url) {
        return unixSocket == null ? proxying.of(url) : null;
    }

    /** Whether nothing stands between us and the server but the network. */
    public boolean isDirect(Url url) {
        return unixSocket == null && proxying.of(url) == null;
    }

    /** The way to a proxy: what is said about servers is not said about it, but for addresses. */
    public Routing toProxy() {
        return new Routing(family, resolve, List.of(), Proxying.NONE, null, local);
    }
}
