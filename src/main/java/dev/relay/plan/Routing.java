package dev.relay.plan;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go.
 *
 * @param family which addresses of a name are used
 * @param resolve addresses given for a host and port, first match wins
 * @param connectTo other hosts and ports to connect to, first match wins
 */
public record Routing(Family family, List<Resolve> resolve, List<ConnectTo> connectTo) {
    public static final Routing DIRECT = new Routing(Family.ANY, List.of(), List.of());

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
    }

    /**
     * {@code --connect-to HOST1:PORT1:HOST2:PORT2}; null stands for an empty field: any on the left, unchanged on the
     * right.
     */
    public record ConnectTo(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String toHost,
            @Nullable Integer toPort) {}

    public Routing {
        resolve = List.copyOf(resolve);
        connectTo = List.copyOf(connectTo);
    }
}
