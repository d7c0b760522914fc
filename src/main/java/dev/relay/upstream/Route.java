package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.plan.Routing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where the connection for a URL goes.
 *
 * @param addresses in the order in which they are tried; never empty
 * @param port the port to connect to, which {@code --connect-to} may have changed
 */
record Route(List<InetAddress> addresses, int port) {
    Route {
        addresses = List.copyOf(addresses);
    }

    /** Follows {@code --connect-to}, then {@code --resolve}, then the name service, within the connect limit. */
    static Route of(Url url, Routing routing, @Nullable Duration limit) throws IOException {
        Place place = place(url, routing);
        for (Routing.Resolve rule : routing.resolve()) {
            if (rule.fits(place.host(), place.port())) {
                return new Route(ofFamily(rule.addresses(), routing.family(), place.host(), url), place.port());
            }
        }
        List<InetAddress> found = lookUp(place.host(), url, limit);
        return new Route(ofFamily(found, routing.family(), place.host(), url), place.port());
    }

    /** A host, without brackets, and a port. */
    record Place(String host, int port) {}

    /** Where {@code --connect-to} has the connection go. */
    static Place place(Url url, Routing routing) {
        String host = url.bareHost();
        int port = url.port();
        for (Routing.ConnectTo rule : routing.connectTo()) {
            if (rule.fits(host, port)) {
                return new Place(
                        rule.toHost() == null ? host : rule.toHost(), rule.toPort() == null ? port : rule.toPort());
            }
        }
        return new Place(host, port);
    }

    /** Whether {@code --resolve} says what the address is. */
    static boolean isResolved(Url url, Routing routing) {
        Place place = place(url, routing);
        for (Routing.Resolve rule : routing.resolve()) {
            if (rule.fits(place.host(), place.port())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the connection goes elsewhere than the URL says. */
    static boolean isRuled(Url url, Routing routing) {
        return isResolved(url, routing) || !place(url, routing).equals(new Place(url.bareHost(), url.port()));
    }

    private static List<InetAddress> lookUp(String host, Url url, @Nullable Duration limit) throws IOException {
        var answer = new CompletableFuture<InetAddress[]>();
        if (isLoopback(host)) {
            // RFC 6761 §6.3; few name services know it.
            answer.complete(new InetAddress[] {InetAddress.getLoopbackAddress()});
        } else if (isLiteral(host)) {
            look(host, answer);
        } else {
            // A look-up cannot be interrupted: it gets a thread that may be left behind.
            var thread = new Thread(() -> look(host, answer), "name look-up");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            return List.of(limit == null ? answer.get() : answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw Fault.of(ExitCode.HOST_NOT_RESOLVED, url.toString(), "no address for the name " + host)
                    .exception(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw Fault.of(ExitCode.TIME_LIMIT, url.toString(), "the name look-up took longer than the connect limit")
                    .exception(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while looking up " + host);
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static void look(String host, CompletableFuture<InetAddress[]> answer) {
        try {
            answer.complete(NameService.lookUp(host));
        } catch (UnknownHostException e) {
            answer.completeExceptionally(e);
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.endsWith(".localhost") || (name.equals("localhost") && host.endsWith("."));
    }

    /** An address in digits: nothing to look up. */
    private static boolean isLiteral(String host) {
        boolean digits = !host.isEmpty();
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == ':') {
                return true;
            }
            digits &= c == '.' || (c >= '0' && c <= '9');
        }
        return digits;
    }

    private static List<InetAddress> ofFamily(List<InetAddress> all, Routing.Family family, String host, Url url)
            throws IOException {
        var wanted = new ArrayList<InetAddress>(all.size());
        for (InetAddress address : all) {
            boolean four = address instanceof Inet4Address;
            if (family == Routing.Family.ANY || four == (family == Routing.Family.IPV4)) {
                wanted.add(address);
            }
        }
        if (wanted.isEmpty()) {
            String kind = family == Routing.Family.IPV4 ? "IPv4" : "IPv6";
            throw Fault.of(ExitCode.HOST_NOT_RESOLVED, url.toString(), "no " + kind + " address for " + host)
                    .exception();
        }
        return wanted;
    }
}
