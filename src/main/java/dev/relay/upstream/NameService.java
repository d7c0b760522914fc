package dev.relay.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets relay say where a connection goes (JEP 418). The client looks a name up once more when it connects, on the thread
 * that sends the request, and takes the first address: during {@link #pinned} that is the one which relay has chosen.
 */
public final class NameService extends InetAddressResolverProvider {
    private static final ThreadLocal<InetAddress> PINNED = new ThreadLocal<>();

    /** Sends a request while every name leads to that address. */
    static <T> T pinned(InetAddress address, Supplier<T> send) {
        PINNED.set(address);
        try {
            return send.get();
        } finally {
            PINNED.remove();
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Pinning(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "relay";
    }

    /** The JDK's resolver, but for the thread that has pinned an address. */
    private record Pinning(InetAddressResolver system) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            @Nullable InetAddress pinned = PINNED.get();
            return pinned != null ? List.of(pinned).stream() : system.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
