package dev.relay.listener;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Service;
import dev.relay.upstream.NameService;
import dev.relay.upstream.identity.OwnCertificate;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a listener is: its address, the names that it goes by, and who it is over TLS. */
final class Listening {
    private static final OwnCertificate.Advice ADVICE =
            new OwnCertificate.Advice("--tls-key FILE names another file", "openssl pkey writes it without a password");

    private final Service.Place place;
    private final InetAddress address;
    private final @Nullable OwnCertificate identity;
    private final @Nullable String fingerprint;

    Listening(Service.Place place) throws IOException {
        this.place = place;
        this.address = address(place);
        Service.Tls tls = place.tls();
        if (tls == null) {
            identity = null;
            fingerprint = null;
        } else if (tls.identity() != null) {
            identity = OwnCertificate.read(tls.identity(), ADVICE);
            fingerprint = null;
        } else {
            identity = SelfSigned.of(hosts());
            fingerprint = SelfSigned.fingerprint(identity);
        }
    }

    private static InetAddress address(Service.Place place) throws FaultException {
        try {
            String text = place.address();
            boolean six = text.startsWith("[") && text.endsWith("]");
            return NameService.lookUp(six ? text.substring(1, text.length() - 1) : text)[0];
        } catch (UnknownHostException e) {
            throw Fault.of(ExitCode.CANNOT_LISTEN, place.address(), "no such address")
                    .exception(e);
        }
    }

    /** SHA-256 of a certificate that was made here; null for any other, and in clear. */
    @Nullable
    String fingerprint() {
        return fingerprint;
    }

    /** Listens there. */
    Door at(Door.Host host) throws IOException {
        try {
            return Door.at(
                    new InetSocketAddress(address, place.port()),
                    identity == null ? null : SelfSigned.context(identity),
                    host);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            throw new Fault(ExitCode.CANNOT_LISTEN, literal(address) + ":" + place.port(), why, hint(why)).exception(e);
        }
    }

    private static @Nullable String hint(String why) {
        return why.contains("assign requested")
                ? "--bind takes an address of this machine, or 0.0.0.0 for all"
                : why.contains("in use") || why.contains("denied") ? "--port 0 takes a free port" : null;
    }

    /** The URLs by which it can be reached, the likeliest first; never empty. */
    List<String> urls(int port, String path) throws IOException {
        String scheme = identity == null ? "http://" : "https://";
        var urls = new ArrayList<String>();
        for (String host : hosts()) {
            urls.add(scheme + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + path);
        }
        return urls;
    }

    /** The name or address that was given; with all addresses, those of this machine that others can reach, then loopback. */
    private List<String> hosts() throws IOException {
        if (!address.isAnyLocalAddress()) {
            return List.of(bare(address));
        }
        var hosts = new ArrayList<String>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp() && !each.isLoopback()) {
                for (InetAddress one : Collections.list(each.getInetAddresses())) {
                    boolean local = one.isLinkLocalAddress() || (one instanceof Inet6Address && !isSix());
                    if (!local) {
                        hosts.add(one instanceof Inet6Address ? hosts.size() : 0, bare(one));
                    }
                }
            }
        }
        hosts.add(isSix() ? "::1" : "127.0.0.1");
        return hosts;
    }

    private boolean isSix() {
        return address instanceof Inet6Address;
    }

    private static String bare(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static String literal(InetAddress address) {
        String text = bare(address);
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    /** The names by which clients may call it, beside addresses and localhost. */
    Set<String> names() {
        var names = new HashSet<String>();
        names.add(place.address().toLowerCase(Locale.ROOT));
        if (!address.isLoopbackAddress()) {
            try {
                String own = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
                names.add(own);
                names.add(own + ".local");
            } catch (UnknownHostException _) {
                // A machine without a name is called by its addresses.
            }
        }
        return names;
    }

    static Fault stopped(String where) {
        return Fault.of(ExitCode.INTERNAL, where, "stopped");
    }

    static Outcome failed(IOException e, String where) {
        return new Outcome.Failed(Fault.of(ExitCode.OUTPUT_FAILED, where, String.valueOf(e.getMessage())), e);
    }
}
