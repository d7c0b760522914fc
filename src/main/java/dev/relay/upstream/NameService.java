package dev.relay.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets relay say where a connection goes (JEP 418). The client looks a name up once more when it connects, on the thread
 * that sends the request, and takes the first address: during {@link #pinned} that is the one which relay has chosen.
 */
public final class NameService extends InetAddressResolverProvider {
    private static final ThreadLocal<InetAddress> PINNED = new ThreadLocal<>();
    private static final ThreadLocal<UnknownHostException> UNKNOWN = new ThreadLocal<>();

    /** Sends a request while every name leads to that address. */
    static <T> T pinned(InetAddress address, Supplier<T> send) {
        PINNED.set(address);
        try {
            return send.get();
        } finally {
            PINNED.remove();
        }
    }

    /** Looks a name up, in the calling thread; elsewhere a name that nobody knows leads to the loopback address. */
    public static InetAddress[] lookUp(String host) throws UnknownHostException {
        Settings.keepNoNames();
        UNKNOWN.remove();
        InetAddress[] addresses = InetAddress.getAllByName(host);
        @Nullable UnknownHostException unknown = UNKNOWN.get();
        if (unknown != null) {
            throw unknown;
        }
        return addresses;
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
            Optional<InetAddress> pinned = Optional.ofNullable(PINNED.get());
            if (pinned.isPresent()) {
                return Stream.of(named(host, pinned.get()));
            }
            try {
                return system.lookupByName(host, policy);
            } catch (UnknownHostException e) {
                // Thrown from here, the JDK would remember it for ten seconds, against a pinned address too.
                UNKNOWN.set(e);
                return List.of(InetAddress.getLoopbackAddress()).stream();
            }
        }

        /** The address under the name that was asked for: TLS takes the name to be verified from it. */
        private static InetAddress named(String host, InetAddress address) throws UnknownHostException {
            return address instanceof Inet6Address six
                    ? Inet6Address.getByAddress(host, six.getAddress(), six.getScopeId())
                    : InetAddress.getByAddress(host, address.getAddress());
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
